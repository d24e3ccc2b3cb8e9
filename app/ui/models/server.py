"""Asks where a model on a server lies."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import LaretsError
from app.domain.models.servers import ModelServer
from app.services.models.servers import ModelServers
from app.ui.acts import Acts
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide


class ServerDialog(Dialog):
    """Adds it once one of its servers answered, which is tried on `background`."""

    def __init__(
        self, parent: QWidget, servers: ModelServers, background: Acts, language: Language
    ) -> None:
        why = self.tr(
            "A server of your network that speaks OpenAI's interface, such as llama.cpp's or "
            "vLLM. It reads the questions and the passages that answer them; add only one that "
            "may know them."
        )
        super().__init__(parent, self.tr("Model on a server"), why)
        self._servers, self._background, self._language = servers, background, language
        self.name, self.urls, self.model = QLineEdit(), QLineEdit(), QLineEdit()
        self.key, self.root = QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        for field, text in (
            (self.name, self.tr("Name, as people here call it")),
            (self.urls, self.tr("Address: https://host:8443/v1; several are parted by spaces")),
            (self.model, self.tr("Name of the model there")),
            (self.key, self.tr("Key, if it wants one")),
            (self.root, self.tr("File with the authority to trust, if it is not the system's")),
        ):
            invite(field, text)
            field.textChanged.connect(self._offer)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self.hold(self.name, self.urls, self.model, self.key, self.root, self.problem)
        self.act(self.tr("Cancel"), self.reject)
        self.add = self.act(self.tr("Add"), self._add, "primary")
        self.usual(self.add)
        self._offer()
        self.name.setFocus()

    def _offer(self) -> None:
        fields = (self.name, self.urls, self.model)
        self.add.setEnabled(all(field.text().strip() for field in fields))

    def server(self) -> ModelServer:
        """What was entered. `ModelServerAddress`."""
        root = self.root.text().strip()
        server = ModelServer(
            tuple(self.urls.text().split()),
            self.model.text().strip(),
            self.key.text().strip(),
            str(Path(root).expanduser()) if root else "",
        )
        assert server.places
        return server

    def _add(self) -> None:
        try:
            server = self.server()
        except LaretsError as error:
            self._failed(error)
            return
        name, parts = self.name.text().strip(), (self.add, self.name, self.urls, self.model)
        allow_if(False, *parts)
        self._background.begin(
            self,
            lambda _: self._servers.add(name, server),
            lambda _: self.accept(),
            ended=lambda: allow_if(True, *parts),
            failed=self._failed,
        )

    def _failed(self, error: LaretsError) -> None:
        say_or_hide(self.problem, self._language.told(error))
        self.fit()
