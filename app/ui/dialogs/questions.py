"""Questions over a page, and sentences that somebody has to have seen."""

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.ui.dialogs.dialog import Dialog


class Question(Dialog):
    """`act` is what happens if the user agrees, in a word. What cannot be undone is red, and Enter
    leaves everything as it is."""

    def __init__(
        self, parent: QWidget | None, title: str, *lines: str, act: str = "", final: bool = False
    ) -> None:
        super().__init__(parent, title, *lines)
        self.no = self.act(self.tr("Cancel"), self.reject)
        self.yes = self.act(act or title, self.accept, "final" if final else "primary")
        self.usual(self.no if final else self.yes)


class NameQuestion(Dialog):
    """Asks for a name, which must not be empty."""

    def __init__(
        self, parent: QWidget | None, title: str, asked: str, before: str, act: str
    ) -> None:
        super().__init__(parent, title)
        self.field = QLineEdit(before)
        self.field.setAccessibleName(asked)
        self.field.setPlaceholderText(asked)
        self.field.setMaxLength(200)
        self.field.selectAll()
        self.hold(self.field)
        self.no = self.act(self.tr("Cancel"), self.reject)
        self.yes = self.act(act, self.accept, "primary")
        self.usual(self.yes)
        self.field.textChanged.connect(self._allow)
        self._allow()
        self.field.setFocus()

    @property
    def name(self) -> str:
        """In one line, without blanks around it."""
        return " ".join(self.field.text().split())

    def _allow(self) -> None:
        self.yes.setEnabled(bool(self.name))


class Notice(Dialog):
    """Something that is told; there is nothing to decide."""

    def __init__(self, parent: QWidget | None, title: str, *lines: str) -> None:
        super().__init__(parent, title, *lines)
        self.close_button = self.act(self.tr("Close"), self.accept, "primary")
        self.usual(self.close_button)


def agreed(
    parent: QWidget | None, title: str, *lines: str, act: str = "", final: bool = False
) -> bool:
    """Ask over `parent`; whether the user agreed. `act` names what they agree to, the title where
    it is an act; `final` cannot be undone."""
    question = Question(parent, title, *lines, act=act, final=final)
    answer = question.exec()
    question.deleteLater()
    return answer == QDialog.DialogCode.Accepted


def named(parent: QWidget | None, title: str, asked: str, act: str, before: str = "") -> str:
    """Ask for a name; "" when the user changed their mind."""
    question = NameQuestion(parent, title, asked, before, act)
    answer, name = question.exec(), question.name
    question.deleteLater()
    return name if answer == QDialog.DialogCode.Accepted else ""


def told(parent: QWidget | None, title: str, *lines: str) -> None:
    """Tell something that must be seen."""
    notice = Notice(parent, title, *lines)
    notice.exec()
    notice.deleteLater()
