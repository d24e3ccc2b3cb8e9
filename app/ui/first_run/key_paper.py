"""The recovery key on paper: what is printed or kept as PDF."""

import html
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.ui.language import filled

_MARGIN_MM = 25.0


class KeyPaper:
    def __init__(self, profile: str, key: str) -> None:
        self._profile, self._key = profile, key

    def html(self) -> str:
        """One page, black on white."""
        groups = self._key.split("-")
        half = (len(groups) + 1) // 2
        lines = " ".join(groups[:half]), " ".join(groups[half:])
        says = [
            filled(self.tr("Profile: %1"), self._profile),
            self.tr("Whoever has this key can open the profile. Keep the sheet under lock and key, "
                    "away from the computer."),
            self.tr("Forgotten password: on the log-in card choose “Recovery key” and type these "
                    "groups; then you set a new password."),
        ]  # fmt: skip
        told = "".join(f"<p>{html.escape(each)}</p>" for each in says)
        key = "<br>".join(html.escape(each) for each in lines)
        return (
            '<div style="color: #000000; font-size: 12pt">'
            f"<h2>{html.escape(self.tr('Larets: recovery key'))}</h2>{told}"
            f'<p style="font-family: monospace; font-size: 15pt">{key}</p></div>'
        )

    def save(self, path: Path) -> None:
        """As a PDF of one page. `OSError` when it cannot be written."""
        with path.open("ab"):
            pass  # Qt would tell nobody that it cannot write
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        writer.setTitle("Larets")
        self._document().print_(writer)

    def print(self, parent: QWidget) -> bool:
        """Ask for a printer; whether it was printed."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
            return False
        self._document().print_(printer)
        return True

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setHtml(self.html())
        return document

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("KeyPaper", text)
