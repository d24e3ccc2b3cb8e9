"""The first start: the steps on the left with what was decided, one decision a page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.domain.roles import CreatedProfile
from app.ui.acts import Acts
from app.ui.first_run.documents import DocumentsStep
from app.ui.first_run.language import LanguageStep
from app.ui.first_run.model import ModelStep
from app.ui.first_run.profile import ProfileStep
from app.ui.first_run.question import QuestionStep
from app.ui.first_run.services import FirstRunServices
from app.ui.first_run.step import Step
from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame, label, let_go, stacked
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_SIDE = 268
#: Of the steps, in their order.
_ICONS = ("languages", "user", "cpu", "library", "message-square")


class FirstRunPage(Retranslating, QWidget):
    """`unlocking(name, password)` wants the new profile opened, `left` the window as it always
    is."""

    unlocking, left = Signal(str, str), Signal()

    def __init__(
        self,
        create: Callable[[str, str], CreatedProfile],
        acts: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self.setObjectName("login")
        self._theme, self._language = theme, language
        self.spoken = LanguageStep(language)
        self.profile = ProfileStep(create, acts, theme, language)
        self.profile.made.connect(self.unlocking)
        self.model: ModelStep | None = None
        self.documents: DocumentsStep | None = None
        self.question: QuestionStep | None = None
        self.steps: list[Step] = []
        self._lines: list[QPushButton] = []
        self._now = 0
        self._pages = stacked()
        self._pages.setObjectName("content")
        self._back, self._later = button("", self.go_back), button("link", self.left.emit)
        self._on = button("primary", self.go_on)
        self._on.setDefault(True)
        in_row(self._side(), wide(self._content()), on=self, margins=0, spacing=0)
        for place in range(len(_ICONS)):
            self._lines.append(self._line(place))
        for step in (self.spoken, self.profile):
            self._take(step)
        theme.follow(self._draw)
        self._retranslate()
        self.show_step(0)

    def _side(self) -> QWidget:
        side = frame("sidebar")
        side.setFixedWidth(_SIDE)
        logo, self._product = QLabel(), label("heading")
        logo.setPixmap(self._theme.logo(32))
        head = in_row(logo, self._product, STRETCH, spacing=10)
        self._list = in_column(spacing=4)
        self._promise = label("small", wrap=True)
        in_column(
            head, 18, self._list, STRETCH, self._promise, on=side, margins=(20, 28, 20, 24),
            spacing=8,
        )  # fmt: skip
        return side

    def _content(self) -> QWidget:
        content = frame("content")
        foot = in_row(
            self._back, STRETCH, self._later, self._on, margins=(40, 12, 40, 28), spacing=12
        )
        in_column(wide(self._pages), foot, on=content, margins=0, spacing=0)
        return content

    def _take(self, step: Step) -> None:
        """One more step, after those that are there."""
        self.steps.append(step)
        self._pages.addWidget(step)
        step.changed.connect(self._draw)
        step.over.connect(self.go_on)

    def _line(self, place: int) -> QPushButton:
        made = button("step", partial(self._jump, place))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFixedSize(_SIDE - 40, 40)
        self._list.addWidget(made)
        return made

    def _names(self) -> tuple[str, ...]:
        """Of all steps, also of those that need the profile."""
        return (
            self.tr("Language"), self.tr("Profile and key"), self.tr("Model"),
            self.tr("Documents"), self.tr("First question"),
        )  # fmt: skip

    def take(self, services: FirstRunServices) -> None:
        """The profile is open: the steps that need it."""
        self.profile.forget()
        self.model = ModelStep(services, self._language)
        self.documents = DocumentsStep(services, self._theme)
        self.question = QuestionStep(services, self._language)
        for step in (self.model, self.documents, self.question):
            self._take(step)
        self._retranslate()
        self.show_step(2)

    def drop(self) -> None:
        """The profile is closed: nothing that needs it stays."""
        self._now = min(self._now, 1)
        for step in self.steps[2:]:
            self._pages.removeWidget(step)
            let_go(step)
        del self.steps[2:]
        self.model = self.documents = self.question = None
        self.profile.forget()

    # -- what is shown ----------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self._product.setText(self.tr("Larets"))
        self._promise.setText(
            self.tr(
                "Nothing leaves this computer. You can stop at any step; what is done stays done."
            )
        )
        self._back.setText(self.tr("Back"))
        self._later.setText(self.tr("Finish later"))
        self._draw()

    def _draw(self) -> None:
        if not self.steps:
            return
        for place, (name, line) in enumerate(zip(self._names(), self._lines, strict=True)):
            done = place < self._now
            line.setProperty("now", place == self._now)
            line.style().unpolish(line)
            line.style().polish(line)
            icon, color = ("check", "accent") if done else (_ICONS[place], "muted")
            line.setIcon(self._theme.icon(icon, color, 16))
            note = self.steps[place].note if done else ""
            told = f"{name} · {note}" if note else name
            mode = Qt.TextElideMode.ElideRight
            line.setText(line.fontMetrics().elidedText(told, mode, _SIDE - 100))
            line.setAccessibleName(told)
            line.setEnabled(place == self._now or self._may_go(place))
        step = self.steps[self._now]
        self._on.setText(step.act)
        self._on.setEnabled(step.ready)
        self._back.setVisible(self._may_go(self._now - 1))
        self._later.setVisible(self._now >= 2)

    def _may_go(self, place: int) -> bool:
        """The profile is made once; what was decided before it and after it can be changed."""
        first = 2 if self.model is not None else 0
        created = self.profile.created and place < 2
        return first <= place < self._now and not created

    def show_step(self, place: int) -> None:
        self._now = place
        self._pages.setCurrentIndex(place)
        self._draw()
        self.steps[place].begin()

    def _jump(self, place: int) -> None:
        if self._may_go(place):
            self.show_step(place)

    # -- acts -------------------------------------------------------------------------------------

    def go_back(self) -> None:
        self._jump(self._now - 1)

    def go_on(self) -> None:
        """End the step; the next begins, or the last asks."""
        step = self.steps[self._now]
        if not step.ready or not step.end() or self._now + 1 >= len(self.steps):
            return
        if self.question is not None and self.documents is not None:
            self.question.offer_samples(self.documents.sampled)
        self.show_step(self._now + 1)
