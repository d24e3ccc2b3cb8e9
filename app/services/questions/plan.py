"""What is looked at for an answer, side by side or document by document."""

from dataclasses import dataclass, field

from app.domain.chat.conversation import QuestionKind
from app.domain.library.documents import Scope


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is looked at on its own: `asked` is the question as it is asked of it, within
    `scope`; `name` is what it is called on the screen."""

    name: str
    asked: str
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is answered. A set has `sides`, `found` in all, of which the first are looked
    at; `shared` are the words of the question that chose them. `counts`: their number is asked for;
    `bare`: nothing but which they are. A DOCUMENT question has its `document`."""

    kind: QuestionKind = QuestionKind.LOOKUP
    sides: tuple[Side, ...] = ()
    found: int = 0
    shared: tuple[str, ...] = ()
    counts: bool = False
    bare: bool = False
    document: str = ""
