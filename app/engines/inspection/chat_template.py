"""A family's marks, worked out of the chat template in a model file.

The template never sees a user's text: it writes conversations of placeholders, and what stands
between those is the format, if it is always the same and says nothing.
"""

import random
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from app.engines.base import ChatFormat
from app.engines.turns import Turn, TurnKind

#: Characters. The longest template that llama.cpp knows has 34,000.
LONGEST = 64 * 1024
_LONGEST_OUTPUT = 20_000
#: Of what stands between two contents: its length, and the words and letters that may be left of
#: it without control tokens and names of roles. "GPT4 Correct" has 2 and 11; a sentence has more.
_LONGEST_JOINT, _MOST_WORDS, _MOST_LETTERS = 120, 2, 12
_SPAN = re.compile(r"<[^\s<>]{1,32}>|\[[^\s\[\]]{1,32}\]")
#: <|START_OF_TURN_TOKEN|> has four.
_WORDS_OF_A_SPAN = 4
_ROLES = frozenset(
    "system user assistant model human ai bot chatbot instruction response question answer prompt "
    "input output система пользователь ассистент 系统 用户 助手".split()
)
#: A place where one turn may end and the next begin.
_BORDER = re.compile(r"[>\]\n]\s*")
#: What a template may add where the model is to answer: white space, "<think>".
_ADDED = re.compile(r"\s*(<[^\s<>]+>\s*)*")
_MOST_EXCHANGES = 3


class _Refused(Exception):
    """The template does not write what a ChatFormat could write."""


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """A Jinja template from a model file, and the two tokens that it may name, each maybe ""."""

    text: str
    bos: str
    eos: str


def derive(template: str, *, bos: str, eos: str) -> ChatFormat | None:
    """The format that writes exactly what the template writes, or None.

    A hostile template may hang here or take all memory: template_trial calls this in a child.
    """
    if len(template) > LONGEST:
        return None
    for system in (True, False):
        try:
            return _derived(_Pen(template, bos, eos), system=system)
        except Exception:  # noqa: BLE001  a template can raise whatever it likes
            continue
    return None


def says_nothing(chat_format: ChatFormat) -> bool:
    """Whether its marks are control tokens and names of roles, with no room for instructions."""
    return all(
        _is_silent(joint)
        for system in (True, False)
        for joint in _own_gaps(chat_format, _kinds(1, system=system, asks=True))
    )


def _derived(pen: "_Pen", *, system: bool) -> ChatFormat:
    """`system`: from conversations that begin with a system turn, else from ones without."""
    joints = _Joints.read(pen, system=system)
    found = _format(joints, pen, system=system)
    for exchanges in range(_MOST_EXCHANGES + 1):
        for style in _STYLES:
            kinds = _kinds(exchanges, system=system, asks=True)
            theirs = pen.gaps(kinds, style, asks=True)
            # Where the history differs from the question now, the model is asked as it wants.
            theirs = [joints.asking if their == joints.answering else their for their in theirs]
            if theirs != _own_gaps(found, kinds):
                raise _Refused
    if not says_nothing(found):
        raise _Refused
    return found


@dataclass(frozen=True, slots=True)
class _Joints:
    """What a template writes before the first content, between two, and where the model answers."""

    opening: str
    #: "" when conversations begin with a question.
    system_to_user: str
    #: In the history; `asking` at its end.
    answering: str
    next_question: str
    asking: str

    @classmethod
    def read(cls, pen: "_Pen", *, system: bool) -> "_Joints":
        gaps = pen.gaps(_kinds(1, system=system, asks=True), asks=True)
        opening, *between, answering, next_question, asking = gaps
        joints = cls(opening, "".join(between), answering, next_question, asking)
        added = asking.removeprefix(answering.rstrip())
        told = asking.startswith(answering.rstrip()) and _ADDED.fullmatch(added)
        if not (told and asking.strip() and next_question.strip()):
            raise _Refused
        return joints


def _format(joints: _Joints, pen: "_Pen", *, system: bool) -> ChatFormat:
    """The joints cut into what belongs to the turn before and to the turn after."""
    closed_question = pen.end(_kinds(0, system=system, asks=True))
    closed_answer = pen.end(_kinds(1, system=system, asks=False))
    user_after, assistant_before = _cut(joints.asking, closed_question, pen.eos)
    assistant_after, user_before = _cut(joints.next_question, closed_answer, pen.eos)
    opening = joints.opening
    in_user = not (system and joints.system_to_user.endswith(user_before))
    if not system:
        if not opening.endswith(user_before):
            user_before = _common_end(opening.removeprefix(pen.bos), joints.next_question)
            assistant_after = joints.next_question.removesuffix(user_before)
        begin, around = opening.removesuffix(user_before), ("", "\n\n")
    elif in_user:
        begin, found, before = opening.partition(user_before)
        if not found:
            raise _Refused
        around = before, joints.system_to_user
    else:
        begin = _begin(opening, user_before, pen)
        around = opening.removeprefix(begin), joints.system_to_user.removesuffix(user_before)
    return ChatFormat(
        "derived",
        (),
        begin,
        around,
        (user_before, user_after),
        (assistant_before, assistant_after),
        in_user,
    )


def _cut(joint: str, closed: str, eos: str) -> tuple[str, str]:
    """(after the turn, before the next); `closed` is what ends a conversation there."""
    for end in (closed, closed.removesuffix(eos)):
        if joint.startswith(end):
            return end, joint.removeprefix(end)
    common = _common_beginning(joint, closed)
    cut = max((border.end() for border in _BORDER.finditer(common)), default=0)
    return joint[:cut], joint[cut:]


def _common_beginning(one: str, other: str) -> str:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(char for char, _ in same)


def _common_end(one: str, other: str) -> str:
    return _common_beginning(one[::-1], other[::-1])[::-1]


def _begin(opening: str, user_before: str, pen: "_Pen") -> str:
    """The part of the opening that belongs to no turn."""
    plain = pen.opening_without_system()
    begin = plain.removesuffix(user_before) if plain.endswith(user_before) else ""
    if begin and opening.startswith(begin):
        return begin
    # In SmolLM2, "<|im_start|>" is the first token of a text as well.
    first = pen.bos and opening.startswith(pen.bos) and not user_before.startswith(pen.bos)
    return pen.bos if first else ""


def _own_gaps(chat_format: ChatFormat, kinds: Sequence[TurnKind]) -> list[str]:
    """What this format writes before, between and after contents."""
    marks = chat_format.marks([Turn(kind, "") for kind in kinds])
    return "".join(mark.text if mark.special else "\0" for mark in marks).split("\0")


def _is_silent(joint: str) -> bool:
    """Whether next to nothing is left of it without control tokens and names of roles."""
    bare = _SPAN.sub(lambda span: "" if _is_token(span[0]) else span[0], joint)
    words = [word for word in re.findall(r"\w+", bare) if word.lower() not in _ROLES]
    # A letter of a script without small letters says more than one of ours.
    letters = sum(
        3 if char.isalpha() and char.lower() == char.upper() else 1 for char in "".join(words)
    )
    return len(joint) <= _LONGEST_JOINT and len(words) <= _MOST_WORDS and letters <= _MOST_LETTERS


def _is_token(span: str) -> bool:
    return len(re.findall(r"[^\W_]+", span)) <= _WORDS_OF_A_SPAN


def _kinds(exchanges: int, *, system: bool, asks: bool) -> list[TurnKind]:
    """A conversation of so many exchanges, with a further question if it `asks`."""
    return [
        *[TurnKind.SYSTEM] * system,
        *[TurnKind.USER, TurnKind.ASSISTANT] * exchanges,
        *[TurnKind.USER] * asks,
    ]


# -- placeholders ---------------------------------------------------------------------------------


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_letters, k=12))


def _lines(chance: random.Random) -> str:
    return f'{_word(chance)} 12, "Ёж" {{x}}\n\n<{chance.random()}>\\ {_word(chance)}'


def _page(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(40))


_STYLES: tuple[Callable[[random.Random], str], ...] = (_word, _lines, _page)


class _Pen:
    """Lets a template write conversations of placeholders. Any exception may come out of it."""

    def __init__(self, template: str, bos: str, eos: str) -> None:
        self.bos, self.eos = bos, eos
        self._chance = random.Random(template)
        self._template = _environment(lambda: _word(self._chance)).from_string(template)

    def gaps(
        self,
        kinds: Sequence[TurnKind],
        style: Callable[[random.Random], str] = _word,
        *,
        asks: bool,
    ) -> list[str]:
        """What stands before, between and after the contents, each of which stands there once."""
        contents = [style(self._chance) for _ in kinds]
        text = self._written(kinds, contents, asks=asks)
        gaps = []
        for content in contents:
            gap, found, text = text.partition(content)
            if not found or content in text:
                raise _Refused
            gaps.append(gap)
        return [*gaps, text]

    def end(self, kinds: Sequence[TurnKind]) -> str:
        """What closes a conversation when nothing is asked; "" if the template closes none."""
        try:
            return self.gaps(kinds, asks=False)[-1]
        except Exception:  # noqa: BLE001  as in `derive`
            return ""

    def opening_without_system(self) -> str:
        """ "" if the template wants a system turn."""
        try:
            return self.gaps(_kinds(0, system=False, asks=True), asks=True)[0]
        except Exception:  # noqa: BLE001  as in `derive`
            return ""

    def _written(self, kinds: Sequence[TurnKind], contents: Sequence[str], *, asks: bool) -> str:
        parts, size = [], 0
        for part in self._template.generate(
            messages=[
                {"role": kind.value, "content": content}
                for kind, content in zip(kinds, contents, strict=True)
            ],
            add_generation_prompt=asks,
            bos_token=self.bos,
            eos_token=self.eos,
            tools=None,
            documents=None,
        ):
            parts.append(part)
            size += len(part)
            if size > _LONGEST_OUTPUT:
                raise _Refused
        return "".join(parts)


def _environment(date: Callable[[], str]) -> Any:
    """As transformers renders templates, but sandboxed, and today is another word each time."""
    from jinja2.ext import Extension
    from jinja2.nodes import Node
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class GenerationTag(Extension):
        """{% generation %} stands around what a model is trained to say; it writes nothing."""

        tags = {"generation"}  # noqa: RUF012  as its base class has it

        def parse(self, parser: Parser) -> list[Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    def raise_exception(message: str) -> None:
        raise _Refused(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols", GenerationTag]
    )
    safe = {name: environment.globals[name] for name in ("range", "dict", "namespace")}
    environment.globals = safe | {
        "raise_exception": raise_exception,
        "strftime_now": lambda form: date(),
    }
    return environment
