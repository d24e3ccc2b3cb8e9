"""What is still to do before the first answer, in the empty chat."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from app.domain.events import LibraryChanged, ModelsChanged
from app.domain.models.model import ModelKind
from app.services.events import Events
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.services.models.service import ModelService
from app.ui.acts import Acts, told_when_asked
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label, rest, show_if
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_WIDTH = 520
#: A burst of news is looked at once.
_SETTLE_MS = 300


class Checklist(Retranslating, QFrame):
    """Hidden where nothing is missing. `models_wanted` and `library_wanted` lead to what is."""

    models_wanted, library_wanted = Signal(), Signal()

    def __init__(
        self,
        models: ModelService,
        library: LibraryService,
        events: Events,
        reading: Acts,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMaximumWidth(_WIDTH)
        self._models, self._library, self._reading, self._theme = models, library, reading, theme
        self._done = (True, True, True)
        self._title = label("strong")
        self._signs = [QLabel() for _ in self._done]
        self._words = [label("", wrap=True) for _ in self._done]
        self.acts: list[QPushButton] = [
            button("", self.models_wanted.emit), button("", self.models_wanted.emit),
            button("", self.library_wanted.emit),
        ]  # fmt: skip
        rows = [
            in_row(sign, wide(words), act, spacing=10)
            for sign, words, act in zip(self._signs, self._words, self.acts, strict=True)
        ]
        in_column(self._title, *rows, on=self, margins=(20, 16, 20, 16), spacing=10)
        self._soon = rest(self, _SETTLE_MS, self.look)
        for news in (ModelsChanged, LibraryChanged):
            events.subscribe(news, lambda _: self._soon.start())
        theme.changed.connect(self._draw)
        self.hide()
        self._draw()
        self.look()

    def look(self) -> None:
        """See what is there now, off the window thread."""
        models, library = self._models, self._library

        def look(_: Job) -> tuple[bool, bool, bool]:
            chat = models.in_use(ModelKind.CHAT) is not None
            embedding = models.in_use(ModelKind.EMBEDDING) is not None
            return chat, embedding, bool(library.counts()[0])

        self._reading.begin(self, look, self._show, failed=told_when_asked)

    def _show(self, done: tuple[bool, bool, bool]) -> None:
        self._done = done
        self._draw()
        self.setVisible(not all(done))

    def _draw(self) -> None:
        self._title.setText(self.tr("Before the first answer"))
        words = (
            self.tr("A model that answers"),
            self.tr("A model that searches by meaning"),
            self.tr("Documents to ask about"),
        )
        acts = (self.tr("Choose a model"), self.tr("Add the model"), self.tr("Add documents"))
        rows = zip(self._done, self._signs, self._words, self.acts, words, acts, strict=True)
        for done, sign, line, act, text, does in rows:
            icon, color = ("check", "accent") if done else ("circle-question-mark", "gold")
            sign.setPixmap(self._theme.icon(icon, color, 18).pixmap(18, 18))
            sign.setAccessibleName(self.tr("done") if done else self.tr("still to do"))
            line.setText(text)
            act.setText(does)
            show_if(not done, act)
