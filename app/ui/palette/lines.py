"""The lines of an open profile: views and acts at once, what it holds as soon as it was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import Conversation
from app.domain.library.documents import Document
from app.services.assistants.service import AssistantService
from app.services.conversations.service import ConversationService
from app.services.library.service import LibraryService
from app.ui.acts import Acts, told_when_asked
from app.ui.language import filled
from app.ui.palette.entry import Entry
from app.ui.palette.palette import Palette
from app.ui.theme import Theme


@dataclass(frozen=True)
class Held:
    """What a profile holds, read on `reading`."""

    conversations: ConversationService
    library: LibraryService
    assistants: AssistantService
    reading: Acts


@dataclass(frozen=True)
class Places:
    """What leads to each thing: by its id, its title, or the words that are searched for."""

    conversation: Callable[[str], object]
    document: Callable[[Document], object]
    assistant: Callable[[str], object]
    setting: Callable[[str], object]
    search: Callable[[str], object]


@dataclass(frozen=True)
class Line:
    """A view or an act under its name, with its keys."""

    name: str
    icon: str
    act: Callable[[], object]
    keys: str = ""


class PaletteLines(QObject):
    def __init__(self, held: Held, places: Places, theme: Theme) -> None:
        super().__init__()
        self._held, self._places, self._theme = held, places, theme

    def open(
        self, over: QWidget, views: Sequence[Line], acts: Sequence[Line], settings: Sequence[str]
    ) -> Palette:
        """The palette over a widget. What is held comes when it was read."""
        to_view, to_setting = self.tr("view"), self.tr("setting")
        at_once = [Entry(each.name, each.keys or to_view, each.icon, each.act) for each in views]
        done = self.tr("act")
        at_once += [Entry(each.name, each.keys or done, each.icon, each.act) for each in acts]
        at_once += [
            Entry(each, to_setting, "settings", partial(self._places.setting, each))
            for each in settings
        ]
        palette = Palette(over, at_once, self._searching, self._theme)
        self._held.reading.begin(
            palette, lambda _: self._read(), palette.extend, failed=told_when_asked
        )
        return palette

    def _searching(self, typed: str) -> Entry:
        name = filled(self.tr("Search the documents for “%1”"), typed.strip())
        return Entry(name, self.tr("act"), "search", partial(self._places.search, typed.strip()))

    def _read(self) -> list[Entry]:
        """Off the window thread."""
        held = self._held
        return [
            *map(self._conversation, held.conversations.all()),
            *map(self._document, held.library.documents()),
            *map(self._assistant, held.assistants.all()),
        ]

    def _conversation(self, each: Conversation) -> Entry:
        act = partial(self._places.conversation, each.id)
        return Entry(each.title, self.tr("conversation"), "message-square", act)

    def _document(self, each: Document) -> Entry:
        act = partial(self._places.document, each)
        return Entry(each.name, self.tr("document"), "file-text", act)

    def _assistant(self, each: Assistant) -> Entry:
        act = partial(self._places.assistant, each.id)
        return Entry(each.name, self.tr("assistant"), each.icon, act)
