"""What the view shows, gathered at once: off the window thread."""

from dataclasses import dataclass

from app.domain.chat.assistants import Assistant
from app.domain.library.documents import Collection
from app.domain.models.adapters import Adapter
from app.domain.models.model import ModelKind
from app.services.assistants.service import AssistantService
from app.services.events import Events
from app.services.exams.blind import BlindComparisons
from app.services.exams.service import ExamService
from app.services.library.service import LibraryService
from app.services.models.adapters import AdapterService
from app.services.models.service import ModelService
from app.services.transfers.assistants import AssistantTransfers
from app.ui.acts import Acts


@dataclass(frozen=True)
class AssistantServices:
    """Everything that the view reaches; databases are asked on `reading`, test questions are
    answered on `answers`."""

    assistants: AssistantService
    exams: ExamService
    blind: BlindComparisons
    assistant_files: AssistantTransfers
    library: LibraryService
    adapters: AdapterService
    models: ModelService
    events: Events
    reading: Acts
    answers: Acts


@dataclass(frozen=True)
class AssistantsOverview:
    """`archived` are those that were put away. `base` is the SHA-256 of the chat model in use, to
    which an adapter fits or not; "" for no model. `models` are the names of all chat models."""

    assistants: tuple[Assistant, ...] = ()
    collections: tuple[Collection, ...] = ()
    adapters: tuple[Adapter, ...] = ()
    archived: tuple[Assistant, ...] = ()
    base: str = ""
    models: tuple[str, ...] = ()
    may_change: bool = True


def look(services: AssistantServices) -> AssistantsOverview:
    model = services.models.in_use(ModelKind.CHAT)
    return AssistantsOverview(
        assistants=tuple(services.assistants.all()),
        collections=tuple(services.library.collections()),
        adapters=tuple(services.adapters.all()),
        archived=tuple(services.assistants.archived()),
        base=model.sha256 if model else "",
        models=services.models.chat_models(),
        may_change=services.assistants.may_change,
    )
