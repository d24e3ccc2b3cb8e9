"""Broadcast values: what changed. Whoever cares reloads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """In a collection these documents (ids) came, went or changed; with none named, any may."""

    collection: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionsChanged:
    """A collection was made, renamed or deleted."""


@dataclass(frozen=True, slots=True)
class ConversationsChanged:
    conversation: str


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    pass


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """The chat model is on its way into memory; RunningChanged follows, also when that fails."""

    percent: int


@dataclass(frozen=True, slots=True)
class RunningChanged:
    """The chat model was opened or closed, or its speed measured."""


@dataclass(frozen=True, slots=True)
class AdaptersChanged:
    pass


@dataclass(frozen=True, slots=True)
class AssistantsChanged:
    pass


@dataclass(frozen=True, slots=True)
class ExamsChanged:
    """The test questions of this assistant."""

    assistant: str


@dataclass(frozen=True, slots=True)
class TemplatesChanged:
    pass


@dataclass(frozen=True, slots=True)
class PreferencesChanged:
    pass


@dataclass(frozen=True, slots=True)
class SummariesChanged:
    """A summary or note came, went, or changed."""


@dataclass(frozen=True, slots=True)
class TrainingsChanged:
    """A training came, went, or is in another state."""


@dataclass(frozen=True, slots=True)
class TrainingMoved:
    """The run of this training has news."""

    training: str


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """The process that listened for other programs has ended by itself."""


Event = (
    LibraryChanged | CollectionsChanged | ConversationsChanged | ModelsChanged | ModelLoading
    | RunningChanged | AdaptersChanged | AssistantsChanged | ExamsChanged | TemplatesChanged
    | PreferencesChanged | SummariesChanged | TrainingsChanged | TrainingMoved
    | DoorClosed
)  # fmt: skip
