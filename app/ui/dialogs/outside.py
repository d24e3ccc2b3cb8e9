"""What other programs show."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.processes import launcher


def open_local(path: Path) -> bool:
    """Show a file or a folder with the program that the system has for it; whether there is one.

    Where the launcher can, it starts that program: what this process may not do is not to bind it.
    """
    return launcher.show(path) or QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
