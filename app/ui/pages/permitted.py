"""What the open profile may do, asked before anything is offered; and why not, in words."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.roles import Act
from app.ui.widgets.controls import announce


def grey(menu: QMenu, line: QAction, reason: str) -> None:
    """The line cannot be chosen and says why: to the pointer, and to a screen reader as what is to
    be said of the menu, for Qt tells it nothing of a line but its text, and when the keys come to
    the line."""
    line.setEnabled(False)
    line.setToolTip(reason)
    menu.setToolTipsVisible(True)
    told = f"{line.text()}: {reason}"
    menu.setAccessibleDescription(f"{menu.accessibleDescription()}\n{told}".strip())
    menu.hovered.connect(lambda over: announce(menu, reason) if over is line else None)


class Permitted:
    """`allows` answers at once, such as LibraryService.allows."""

    def __init__(self, allows: Callable[[Act], bool]) -> None:
        self.allows = allows

    def why_not(self, act: Act) -> str:
        """In the window's language; "" for what is allowed."""
        if self.allows(act):
            return ""
        if not self.allows(Act.KEEP):
            return self.tr("The data folder is on a read-only medium.")
        if act is Act.CONNECT_PROGRAMS:
            return self.tr(
                "An administrator has not allowed other programs here: Policies, “Local interface”."
            )
        if act is Act.CONNECT_DATABASES:
            return self.tr("Only an administrator may connect databases.")
        if act is Act.EXPORT:
            return self.tr("A policy of this workspace allows no exports.")
        if act is Act.REMOVE_DOCUMENTS:
            return self.tr("Your role is reader: an editor or an administrator may remove this.")
        return self.tr("Your role is reader: an editor or an administrator may change this.")

    def offer(self, menu: QMenu, text: str, act: Act, do: Callable[[], object]) -> QAction:
        """Another line of a menu; greyed with its reason where it is not allowed."""
        line = menu.addAction(text, do)
        if reason := self.why_not(act):
            grey(menu, line, reason)
        return line

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("Permitted", text)
