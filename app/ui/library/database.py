"""Asks for a database on a server: where it is, who asks, and whether all tables or one query."""

from urllib.parse import quote

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.controls import allow_if, button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.number import WholeField

_DRIVER, _PORT = "postgresql+pg8000", 5432


class DatabaseDialog(QDialog):
    """After `exec`, `url` and `query` hold what was asked for. The password is never shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a database"))
        self.setMinimumWidth(520)
        self.server, self.database = QLineEdit(), QLineEdit()
        self.user, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port, self.name, self.sql = WholeField(), QLineEdit(), QPlainTextEdit()
        self.port.setRange(1, 65535)
        self.port.setValue(_PORT)
        self.port.setFixedWidth(84)
        self.sql.setFixedHeight(96)
        self.add = button("primary", self.accept, self.tr("Add"))
        self.add.setDefault(True)
        cancel = button("", self.reject, self.tr("Cancel"))
        acts = in_row(STRETCH, cancel, self.add)
        in_column(self._note(), self._form(), acts, on=self, spacing=12)
        for field in (self.server, self.database):
            field.textChanged.connect(lambda _: self._allow())
        self._allow()

    def _note(self) -> QWidget:
        return label(
            "muted",
            self.tr(
                "The tables are read once, become documents and stay here, encrypted; nothing is "
                "changed in the database, and the password is not kept. This is the only act for "
                "which Larets speaks to another computer: the one that you name. A SQLite file is "
                "added like any other file."
            ),
            wrap=True,
        )

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        where = in_row(wide(self.server), self.port, spacing=8)
        form.addRow(self.tr("PostgreSQL server, port"), where)
        for name, field in (
            (self.tr("Database"), self.database),
            (self.tr("User"), self.user),
            (self.tr("Password"), self.password),
            (self.tr("Only this query"), self.sql),
            (self.tr("Name of the result"), self.name),
        ):
            form.addRow(name, field)
            field.setAccessibleName(name)
        self.server.setAccessibleName(self.tr("Server"))
        self.port.setAccessibleName(self.tr("Port"))
        self.server.setPlaceholderText("db.example.org")
        self.sql.setPlaceholderText("SELECT …")
        self.name.setPlaceholderText(self.tr("Query"))
        return form

    def _allow(self) -> None:
        allow_if(bool(self.server.text().strip() and self.database.text().strip()), self.add)

    @property
    def url(self) -> str:
        """For SQLAlchemy; whatever stands in a field means itself."""
        user, password = quote(self.user.text().strip(), ""), quote(self.password.text(), "")
        secret = f":{password}" if password else ""
        who = f"{user}{secret}@" if user else ""
        server, database = self.server.text().strip(), quote(self.database.text().strip(), "")
        return f"{_DRIVER}://{who}{server}:{self.port.value()}/{database}"

    @property
    def query(self) -> tuple[str, str] | None:
        """Its name and its SQL, None for all tables."""
        sql = self.sql.toPlainText().strip().rstrip(";")
        return (self.name.text().strip() or self.tr("Query"), sql) if sql else None
