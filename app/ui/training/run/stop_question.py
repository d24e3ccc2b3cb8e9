"""Whether a training that is stopped leaves an adapter."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.dialogs.dialog import Dialog


class StopQuestion(Dialog):
    """`keeps` or `drops` after it was answered; neither when the user changed their mind."""

    def __init__(self, parent: QWidget, *, can_keep: bool) -> None:
        super().__init__(
            parent,
            self.tr("Stop the training?"),
            self.tr("The examples and settings stay in any case. To go on later, pause."),
        )
        self.keeps = self.drops = False
        self.back = self.act(self.tr("Go on training"), self.reject)
        self.drop = self.act(self.tr("Drop what was learned"), self._drop, "final")
        self.keep: QPushButton | None = None
        if can_keep:
            self.keep = self.act(self.tr("Keep the best so far"), self._keep, "primary")
        self.usual(self.keep or self.back)

    def _keep(self) -> None:
        self.keeps = True
        self.accept()

    def _drop(self) -> None:
        self.drops = True
        self.accept()
