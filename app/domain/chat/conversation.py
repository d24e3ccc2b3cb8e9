"""A conversation, its messages, and the passages and citations that an answer rests on."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.library.documents import LineBox, Locator
from app.domain.library.tables import Value

#: Stands in an excerpt for what was left out.
GAP = " … "


class Speaker(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class AnswerState(StrEnum):
    """WRITING is what a crash leaves behind: the part that was stored before it. CUT is an answer
    that reached its length; QUOTED one without a model: sentences of the documents themselves."""

    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    CUT = "cut"
    FAILED = "failed"
    ABSTAINED = "abstained"
    QUOTED = "quoted"


class QuestionKind(StrEnum):
    """How a question is answered: from the nearest passages; from several sides that are searched
    one by one; from every document of a set; from one whole document; by computing in a table."""

    LOOKUP = "lookup"
    SIDES = "sides"
    LIST = "list"
    DOCUMENT = "document"
    TABLE = "table"


class Feedback(StrEnum):
    NONE = ""
    UP = "up"
    DOWN = "down"


class NamedBy(StrEnum):
    """Whose words a conversation's title is; a model may rename only what nobody named."""

    QUESTION = "question"
    MODEL = "model"
    USER = "user"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of a text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence of a segment's text, and how well the second reader finds that it meets the
    question: about 0 for any sentence, 1 for one that answers."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A found stretch of a document: one passage, or neighbours merged into one. Without passages
    what was computed from a table, at the place of the passage that led to it, or what `memory`
    says: the id of a summary or note, "" for none.

    Scores are 0–1 on scales that mean the same for every question; `keyword_score` is None where no
    word of it was found. `passages` are the ids of the passages that it is made of; `best` is the
    locator of the passage that was hit, `parts` those of all passages, in order. `also_in` names
    other documents that say the same in the same words. `partly_read`: its document holds something
    that could not be read. `sentences` are those that the second reader has read.
    """

    document: str
    name: str
    path: str
    text: str
    header: str
    locator: Locator
    best: Locator
    passages: tuple[int, ...]
    score: float
    dense_score: float | None
    keyword_score: float | None
    parts: tuple[Locator, ...] = ()
    boxes: tuple[LineBox, ...] = ()
    also_in: tuple[str, ...] = ()
    memory: str = ""
    partly_read: bool = False
    sentences: tuple[SentenceScore, ...] = ()

    @property
    def is_passage(self) -> bool:
        return bool(self.passages)

    @property
    def is_note(self) -> bool:
        return self.document.startswith("note:") and bool(self.memory)

    def part_at(self, offset: int) -> Locator:
        """The passage that character `offset` of the text lies in."""
        place = self.locator.start + offset
        return next((part for part in self.parts if part.start <= place < part.end), self.best)


@dataclass(frozen=True, slots=True)
class Source:
    """A segment under its number in the conversation; numbers are never given again. `excerpt` are
    the stretches of its text that the model read, none for all of it; `mark` is the sentence that
    meets the question best of all."""

    number: int
    segment: Segment
    excerpt: tuple[TextSpan, ...] = ()
    mark: TextSpan | None = None

    @property
    def read(self) -> str:
        """The text as the model read it."""
        text = self.segment.text
        if not self.excerpt:
            return text
        stretches = GAP.join(text[each.start : each.end] for each in self.excerpt)
        before = GAP.lstrip() if self.excerpt[0].start > 0 else ""
        return before + stretches + (GAP.rstrip() if self.excerpt[-1].end < len(text) else "")


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim of an answer and where its source supports it.

    `at` is the character of the answer's text before which the marker [number] belongs or stands;
    `added` says that the program put it there, not the model. `quote` is the supporting sentence,
    at `quote_start`–`quote_end` in the segment's text; empty when nothing supports the claim.
    """

    number: int
    at: int
    quote: str
    quote_start: int
    quote_end: int
    supported: bool
    added: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """What a query over a table of a sheet gave, under its number among the sources: `name` is the
    document's, `cells` in letters are those that the query looked at."""

    number: int
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sheet: str
    document: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What the documents themselves say to a question, shown before any model has spoken: `text`
    stands at `start`–`end` in the segment of source `number`. `met` is how well its best sentence
    meets the question, `answers` that it does so well that no model need word it."""

    text: str
    number: int
    start: int
    end: int
    answers: bool = False
    met: float = 0.0


@dataclass(frozen=True, slots=True)
class LookedAt:
    """How many sides, documents or passages a question has, and how many of them were read."""

    of: int
    read: int


@dataclass(frozen=True, slots=True)
class Timings:
    """Of one answer, in milliseconds and tokens. `first_token_ms` counts from the question, as does
    `first_useful_ms`: until a quotation or the first word stood there."""

    retrieve_ms: float = 0.0
    first_token_ms: float = 0.0
    total_ms: float = 0.0
    prompt_tokens: int = 0
    reused_tokens: int = 0
    generated_tokens: int = 0
    tokens_per_second: float = 0.0
    first_useful_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `text` is as written or as generated; `sources` are what an answer could use;
    `searched` is what was searched for, "" where that is the question itself; `computed` what a
    table gave, one of the sources too. `parent` is the turn that it follows; `correction` is what
    the user would have answered. `quotation` is what was shown at once."""

    id: int
    speaker: Speaker
    text: str
    created: float
    state: AnswerState = AnswerState.DONE
    sources: tuple[Source, ...] = ()
    citations: tuple[Citation, ...] = ()
    timings: Timings | None = None
    model: str = ""
    searched: str = ""
    computed: Computed | None = None
    parent: int | None = None
    feedback: Feedback = Feedback.NONE
    correction: str = ""
    kind: QuestionKind = QuestionKind.LOOKUP
    quotation: Quotation | None = None
    looked_at: LookedAt | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a passage confirms at least one sentence of it."""
        return any(citation.supported for citation in self.citations)

    @property
    def doubtful(self) -> bool:
        """Whether it says something that no passage confirms: it is shown as that, and becomes no
        summary, no memory and no row to train from."""
        written = {AnswerState.DONE, AnswerState.CUT, AnswerState.STOPPED}
        return self.state in written and bool(self.text.strip()) and not self.confirmed

    @property
    def cited(self) -> list[Source]:
        """Those that support something in it, in the order of their numbers."""
        numbers = {citation.number for citation in self.citations if citation.supported}
        return [source for source in self.sources if source.number in numbers]


@dataclass(frozen=True, slots=True)
class Conversation:
    """`assistant` is the id of the one that it is held with, "" for none in particular."""

    id: str
    title: str
    created: float
    changed: float
    preview: str = ""
    named_by: NamedBy = NamedBy.QUESTION
    pinned: bool = False
    archived: bool = False
    assistant: str = ""


@dataclass(frozen=True, slots=True)
class MessageHit:
    """A turn that has the words that were searched for, with the stretch around the first."""

    conversation: str
    title: str
    message: int
    speaker: Speaker
    created: float
    excerpt: str
    marks: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which turns a search looks at: of conversations with an assistant, since a moment in seconds
    since 1970, of answers that found something in a document (its id). "" and None leave it open.
    """

    assistant: str = ""
    since: float | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class SentTurn:
    """A turn of the prompt as it was sent: `kind` is "system", "user" or "assistant"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SentPrompt:
    """All that an answer was generated from. `adapters` by name with their strengths."""

    turns: tuple[SentTurn, ...]
    model: str
    temperature: float
    max_tokens: int
    adapters: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """Reported before the first word: what the answer will rest on; `kept` names the set of a
    liked answer that is part of it."""

    sources: tuple[Source, ...]
    retrieve_ms: float
    kept: str = ""


@dataclass(frozen=True, slots=True)
class QuotationFound:
    """Reported before anything else that can be read: the best sentence of the documents."""

    quotation: Quotation
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PromptRead:
    """Reported while the prompt is read: `done` of `total` tokens."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class AnswerPiece:
    """Reported as the answer is written."""

    text: str
