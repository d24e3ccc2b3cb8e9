"""Asks for a database on a server: its address, and whether all tables or what a query finds."""

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row


class DatabaseDialog(QDialog):
    """After `exec`, `url` and `query` hold what was asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a database"))
        self.setMinimumWidth(520)
        self._url, self._name = QLineEdit(), QLineEdit()
        self._url.setPlaceholderText("postgresql+pg8000://user:password@server/database")
        self._sql = QPlainTextEdit()
        self._sql.setPlaceholderText("SELECT …")
        self._sql.setFixedHeight(96)
        note = label(
            "muted",
            self.tr(
                "The tables are read once, become documents and stay here, encrypted; nothing is "
                "changed in the database, and the password is not kept. This is the only act for "
                "which Larets speaks to another computer: the one that you name. A SQLite file is "
                "added like any other file."
            ),
            wrap=True,
        )
        form = QFormLayout()
        form.addRow(self.tr("Address"), self._url)
        form.addRow(self.tr("Only this query"), self._sql)
        form.addRow(self.tr("Its name"), self._name)
        add = button("primary", self.accept, self.tr("Add"))
        cancel = button("", self.reject, self.tr("Cancel"))
        acts = in_row(STRETCH, cancel, add)
        in_column(note, form, acts, on=self, spacing=12)

    @property
    def url(self) -> str:
        return self._url.text().strip()

    @property
    def query(self) -> tuple[str, str] | None:
        """Its name and its SQL, None for all tables."""
        sql = self._sql.toPlainText().strip().rstrip(";")
        return (self._name.text().strip() or self.tr("Query"), sql) if sql else None
