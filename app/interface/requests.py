"""What other programs may ask, as JSON; what OpenAI's clients send beside it is passed over."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from app.interface.limits import ANSWER, CHARACTERS, PASSAGES, TEXTS, TURNS

Text = Annotated[str, Meta(max_length=CHARACTERS)]
Name = Annotated[str, Meta(max_length=200)]


class Part(msgspec.Struct, frozen=True):
    """A piece of a message; pictures and the like are not looked at."""

    type: str
    text: Text = ""


class Turn(msgspec.Struct, frozen=True):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Text | tuple[Part, ...] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(each.text for each in self.content or () if each.type == "text")


class StreamOptions(msgspec.Struct, frozen=True):
    include_usage: bool = False


class Completion(msgspec.Struct, frozen=True):
    """`collection` is an extension of ours."""

    messages: Annotated[tuple[Turn, ...], Meta(min_length=1, max_length=TURNS)]
    model: Name = ""
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, Meta(ge=1, le=ANSWER)] | None = None
    max_completion_tokens: Annotated[int, Meta(ge=1, le=ANSWER)] | None = None
    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    n: Annotated[int, Meta(ge=1, le=1)] | None = None
    collection: Name = ""


class Embeddings(msgspec.Struct, frozen=True):
    input: Text | Annotated[tuple[Text, ...], Meta(min_length=1, max_length=TEXTS)]
    model: Name = ""
    encoding_format: Literal["float", "base64"] | None = None


class Search(msgspec.Struct, frozen=True):
    query: Annotated[str, Meta(min_length=1, max_length=CHARACTERS)]
    k: Annotated[int, Meta(ge=1, le=PASSAGES)] = 10
    collection: Name = ""
