"""Who answers: the top bar's button with the assistants to choose from."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from app.domain.chat.assistants import Assistant
from app.domain.events import AssistantsChanged
from app.services.assistants.service import AssistantService
from app.services.events import Events
from app.ui.acts import Acts
from app.ui.assistants.icons import icon_of
from app.ui.chat.controller import ConversationController
from app.ui.theme import Theme, font
from app.ui.widgets.controls import BESIDE
from app.ui.widgets.retranslating import Retranslating

#: Pixels that a name may take, and has at least.
_WIDEST, _NARROWEST = 200, 40
#: Pixels by which a text may turn out wider than it was measured.
_ROUNDING = 2


class AssistantButton(Retranslating, QPushButton):
    """Follows the conversation that is shown, and changes who answers in it. `chosen` gives an id,
    "" for none; `managed` asks for the view where they are made, `comparing` for two that answer
    without their names, one of them the id of who answers now."""

    chosen, managed, comparing = Signal(str), Signal(), Signal(str)

    def __init__(
        self,
        assistants: AssistantService,
        events: Events,
        reading: Acts,
        controller: ConversationController,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._assistants, self._reading, self._theme = assistants, reading, theme
        self.known: Sequence[Assistant] = ()
        self._archived: Sequence[Assistant] = ()
        self._id, self._busy = controller.assistant, False
        self._name = self._fitting = ""
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setIconSize(BESIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open)
        self.chosen.connect(controller.choose_assistant)
        controller.assistant_changed.connect(self.follow)
        controller.busy.connect(self._wait)
        events.subscribe(AssistantsChanged, lambda _: self.reload())
        theme.follow(self._draw)
        self.reload()

    def reload(self) -> None:
        known = self._assistants
        self._reading.begin(
            self, lambda _: (known.all(), known.archived()), lambda found: self._learn(*found)
        )

    def follow(self, assistant: str) -> None:
        """Show who answers, by id; one that was deleted is nobody."""
        self._id = assistant
        self._draw()

    def open(self) -> None:
        """The assistants, none, and where they are made."""
        menu, now = QMenu(self), self._now
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [(assistant.id, assistant.name, icon_of(assistant)) for assistant in self.known]
        for key, name, icon in [*choices, ("", self.tr("No assistant"), "message-square")]:
            is_now = key == (now.id if now else "")
            drawn = self._theme.icon(icon, "accent" if is_now else "muted", 16)
            act = menu.addAction(drawn, name.replace("&", "&&"), partial(self.chosen.emit, key))
            act.setFont(font(weight=600 if is_now else 400))
        menu.addSeparator()
        scales = self._theme.icon("scale", "muted", 16)
        compare = partial(self.comparing.emit, now.id if now else "")
        menu.addAction(scales, self.tr("Compare blindly…"), compare)
        puzzle = self._theme.icon("puzzle", "muted", 16)
        menu.addAction(puzzle, self.tr("Manage assistants…"), self.managed.emit)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @property
    def _now(self) -> Assistant | None:
        every = (*self.known, *self._archived)
        return next((assistant for assistant in every if assistant.id == self._id), None)

    def sizeHint(self) -> QSize:
        shown = super().sizeHint()
        hidden = self._wide(self._name) - self._wide(self._fitting)
        return QSize(shown.width() + hidden, shown.height())

    def minimumSizeHint(self) -> QSize:
        shown = super().sizeHint()
        return QSize(shown.width() + _NARROWEST - self._wide(self._fitting), shown.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._room())

    def _room(self) -> int:
        return self.width() - self.sizeHint().width() + self._wide(self._name)

    def _wide(self, name: str) -> int:
        return min(self.fontMetrics().horizontalAdvance(name) + _ROUNDING, _WIDEST)

    def _fit(self, room: int) -> None:
        metrics, end = self.fontMetrics(), Qt.TextElideMode.ElideRight
        self._fitting = metrics.elidedText(self._name, end, min(room, _WIDEST))
        title = self.tr("Assistant")
        self.setText(f"{title}  {self._fitting}  ▾".replace("&", "&&"))

    def _learn(self, known: Sequence[Assistant], archived: Sequence[Assistant]) -> None:
        """One that was put away is no choice, but still answers where it was chosen."""
        self.known, self._archived = known, archived
        self._draw()

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._draw()

    def _draw(self) -> None:
        now, title = self._now, self.tr("Assistant")
        name = now.name if now else self.tr("none")
        icon, color = (icon_of(now), "accent") if now else ("puzzle", "muted")
        self.setIcon(self._theme.icon(icon, color, 16))
        self._name = name
        self._fit(_WIDEST)
        self._fit(self._room())  # the bar may have no more room than before
        self.updateGeometry()
        self.setEnabled(not self._busy)
        wait = self.tr("Another assistant can be chosen after this answer.")
        self.setToolTip(wait if self._busy else self.tr("Who answers in this conversation"))
        self.setAccessibleName(f"{title}: {name}")
