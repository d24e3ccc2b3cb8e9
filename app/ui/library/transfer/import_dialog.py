"""Asks for the passphrase of a file, tells who sent what, and takes it in."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.transfers import Sender, TransferFile, VectorFate
from app.ui.language import Language, filled
from app.ui.library.services import LibraryServices
from app.ui.library.table.words import added_on
from app.ui.library.transfer.running import RunningDialog
from app.ui.login.password_field import PasswordField
from app.ui.theme import Theme
from app.ui.widgets.controls import frame, invite, label, show_if
from app.ui.widgets.layouts import in_column


class ImportDialog(RunningDialog):
    """`imported` gives a Transferred."""

    imported = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        services: LibraryServices,
        path: Path,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__(
            parent, services.background, language, self.tr("Import a collection"), path.name
        )
        self._transfers, self._path = services.transfers, path
        self._found: TransferFile | None = None
        self.passphrase, self.name = PasswordField(theme), QLineEdit()
        invite(self.passphrase, self.tr("Passphrase"))
        invite(self.name, self.tr("Name of the collection"))
        self.signer, self.contents = label("strong", wrap=True), label("muted", wrap=True)
        self.trust, self.remarks = label("", wrap=True), label("muted", wrap=True)
        self.card = frame("card")
        in_column(
            self.signer, self.trust, self.contents, self.remarks, on=self.card, margins=14,
            spacing=6,
        )  # fmt: skip
        show_if(False, self.card, self.name)
        self.hold_all(self.passphrase, self.card, self.name)
        self.open_button = self.act(self.tr("Open"), self.look, "primary")
        self.take_button = self.act(self.tr("Take in"), self.take, "primary")
        self.take_button.hide()
        self.usual(self.open_button)
        self.passphrase.textChanged.connect(self._allow)
        self.name.textChanged.connect(self._allow)
        self._allow()
        self.passphrase.setFocus()

    def _allow(self) -> None:
        self.open_button.setEnabled(bool(self.passphrase.text()))
        self.take_button.setEnabled(bool(self.name.text().strip()))

    def look(self) -> None:
        """See what the file is; nothing is stored."""
        passphrase = self.passphrase.text()
        self.run(
            lambda _: self._transfers.look(self._path, passphrase),
            self._show,
            self.passphrase,
            self.open_button,
        )

    def _show(self, found: TransferFile) -> None:
        self._found = found
        self.signer.setText(self._signed(found.sender))
        self.trust.setText(self._trust(found.sender))
        self.contents.setText(self._contents(found))
        remarks = self._remarks(found)
        self.remarks.setText("\n".join(remarks))
        self.name.setText(found.collection)
        show_if(False, self.passphrase, self.open_button)
        show_if(True, self.card, self.name, self.take_button)
        self.remarks.setVisible(bool(remarks))
        self.usual(self.take_button)
        self.fit()

    def take(self) -> None:
        """Take it in under the name that stands in the field."""
        if (found := self._found) is None:
            return
        passphrase, name = self.passphrase.text(), self.name.text()
        self.run(
            lambda job: self._transfers.take_in(self._path, passphrase, found.sender, name, job),
            self._done,
            self.name,
            self.take_button,
        )

    def _done(self, done: object) -> None:
        self.imported.emit(done)
        self.accept()

    # -- words ------------------------------------------------------------------------------------

    def _signed(self, sender: Sender) -> str:
        fingerprint = sender.fingerprint.replace(" ", "\N{NO-BREAK SPACE}")
        return "\n".join((filled(self.tr("Signed by %1"), sender.name), fingerprint))

    def _trust(self, sender: Sender) -> str:
        if sender.member:
            return filled(self.tr("It is the key of %1 in this workspace."), sender.member)
        return self.tr(
            "This key is unknown here: anybody can give himself any name. Ask the sender for the "
            "sixteen digits in another way, and compare."
        )

    def _contents(self, found: TransferFile) -> str:
        return " · ".join(
            (
                self.tr("%n document(s)", "", found.documents),
                self.tr("%n passage(s)", "", found.passages),
                self._language.size(found.size),
                added_on(found.created),
            )
        )

    def _remarks(self, found: TransferFile) -> list[str]:
        remarks = []
        if found.left_out:
            remarks.append(
                self.tr("%n document(s) of the sender’s had not been read.", "", found.left_out)
            )
        if found.vectors is VectorFate.QUEUED:
            text = self.tr(
                "It was embedded by “%1”, and another model is in use here: the documents are "
                "found by their words at once, and by meaning once they have been read anew."
            )
            remarks.append(filled(text, found.model))
        if found.private:
            remarks.append(self.tr("It is private, and stays so: for you alone."))
        return remarks
