"""Questions that are answered by yes or no."""

from PySide6.QtWidgets import QMessageBox, QWidget


def agreed(parent: QWidget, title: str, *lines: str) -> bool:
    """Ask over `parent`, the lines set apart; whether the user said yes."""
    answer = QMessageBox.question(parent, title, "\n\n".join(lines))
    return answer == QMessageBox.StandardButton.Yes
