"""What the workspace lost, above everything else until somebody has taken note."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.losses import Loss
from app.ui.administration.kind import AdministrationServices
from app.ui.dialogs.questions import Notice
from app.ui.language import Language
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row
from app.ui.widgets.retranslating import Retranslating


def tell_losses(parent: QWidget, losses: Sequence[Loss], language: Language) -> None:
    """Say at a log-in what was lost; nobody has to answer, and it is told again next time."""
    if not losses:
        return
    sentences = [language.wording.of_loss(each) for each in losses]
    title = QCoreApplication.translate("LossesCard", "Something was lost or put back")
    Notice(parent, title, *(f"{each.what} {each.hint}" for each in sentences)).open()


def tell_medium(parent: QWidget, medium: Path, language: Language) -> None:
    """Say at a log-in that nothing can be kept."""
    sentence = language.wording.of_code("read-only-session", {"path": medium})
    title = QCoreApplication.translate("LossesCard", "Opened for reading")
    Notice(parent, title, sentence.what, sentence.hint).open()


class LossesCard(Retranslating, QFrame):
    """Hidden while there is nothing to tell."""

    acknowledged = Signal()

    def __init__(self, services: AdministrationServices, language: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._services, self._language = services, language
        self._losses: tuple[Loss, ...] = ()
        self._title, self._told = label("strong", wrap=True), label("", wrap=True)
        self.taken_note = button("", self._acknowledge)
        row = in_row(STRETCH, self.taken_note)
        in_column(self._title, self._told, row, on=self, margins=(16, 14, 16, 14), spacing=8)
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Something was lost or put back"))
        self.taken_note.setText(self.tr("I have taken note"))
        self.show_losses(self._losses)

    def show_losses(self, losses: tuple[Loss, ...]) -> None:
        self._losses = losses
        sentences = [self._language.wording.of_loss(each) for each in losses]
        self._told.setText("\n\n".join(f"{each.what} {each.hint}" for each in sentences))
        self.setVisible(bool(losses))

    def load(self) -> None:
        losses = self._services.administration.losses
        self._services.reading.begin(self, lambda _: losses.all(), self.show_losses)

    def _acknowledge(self) -> None:
        losses = self._services.administration.losses
        self._services.background.begin(self, lambda _: losses.acknowledge(), self._done)

    def _done(self, _: int) -> None:
        self.load()
        self.acknowledged.emit()
