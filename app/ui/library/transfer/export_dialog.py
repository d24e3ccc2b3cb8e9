"""Asks for the passphrase of a collection's file, and writes it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.transfers import SUFFIX
from app.ui.language import Language, filled
from app.ui.library.services import LibraryServices
from app.ui.library.transfer.running import RunningDialog
from app.ui.login.password_field import PasswordField
from app.ui.login.strength_line import StrengthLine
from app.ui.pages.files import ask_where
from app.ui.theme import Theme
from app.ui.widgets.controls import invite, say_or_hide


class ExportDialog(RunningDialog):
    """`exported` gives a Transferred."""

    exported = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        services: LibraryServices,
        collection: tuple[str, str],
        theme: Theme,
        language: Language,
    ) -> None:
        """`collection` is its id and its name as it is shown."""
        self._collection, self._name = collection
        super().__init__(
            parent,
            services.background,
            language,
            filled(self.tr("Export “%1”"), self._name),
            self.tr(
                "One file with the documents and all that was read of them, encrypted with a "
                "passphrase and signed with your key. Do not send the passphrase along with the "
                "file, and keep it: without it nobody can open the file."
            ),
        )
        self._transfers = services.transfers
        self.passphrase, self.again = PasswordField(theme), PasswordField(theme)
        invite(self.passphrase, self.tr("Passphrase"))
        invite(self.again, self.tr("Passphrase once more"))
        self.hold_all(self.passphrase, StrengthLine(self.passphrase, self._name), self.again)
        self.export = self.act(self.tr("Export…"), self._ask_where, "primary")
        self.usual(self.export)
        for field in (self.passphrase, self.again):
            field.textChanged.connect(self._look)
        self._look()
        self.passphrase.setFocus()

    def _look(self) -> None:
        typed, again = self.passphrase.text(), self.again.text()
        self.export.setEnabled(bool(typed) and typed == again)
        differs = bool(again) and not typed.startswith(again)
        say_or_hide(self.problem, self.tr("The two are not the same.") if differs else "")
        self.fit()

    def _ask_where(self) -> None:
        kinds = {filled(self.tr("Collections (*%1)"), SUFFIX): SUFFIX}
        title = self.tr("Export the collection")
        if path := ask_where(self, title, self._name, kinds, "collection"):
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the file; the dialog closes when it is whole."""
        passphrase, transfers = self.passphrase.text(), self._transfers
        self.run(
            lambda job: transfers.export(self._collection, path, passphrase, job),
            self._done,
            self.passphrase,
            self.again,
            self.export,
        )

    def _done(self, done: object) -> None:
        self.exported.emit(done)
        self.accept()
