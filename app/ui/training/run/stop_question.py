"""Whether a training that is stopped leaves an adapter."""

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


class StopQuestion(QMessageBox):
    """`keeps` or `drops` after it was answered; neither when the user changed their mind."""

    def __init__(self, parent: QWidget, *, can_keep: bool) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(self.tr("Stop the training?"))
        told = self.tr("The examples and settings stay in any case. To go on later, pause.")
        self.setInformativeText(told)
        roles = QMessageBox.ButtonRole
        self.keep: QPushButton | None = None
        if can_keep:
            self.keep = self.addButton(self.tr("Keep the best so far"), roles.AcceptRole)
            self.setDefaultButton(self.keep)
        self.drop = self.addButton(self.tr("Drop what was learned"), roles.DestructiveRole)
        back = self.addButton(self.tr("Go on training"), roles.RejectRole)
        self.setEscapeButton(back)

    @property
    def keeps(self) -> bool:
        return self.keep is not None and self.clickedButton() is self.keep

    @property
    def drops(self) -> bool:
        return self.clickedButton() is self.drop
