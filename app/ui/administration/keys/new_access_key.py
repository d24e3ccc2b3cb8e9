"""Asks for a new key: its name, what it may do, where, and by which assistants."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.access_keys import READING, KeyAct
from app.domain.errors import LaretsError
from app.ui.administration.keys.words import KeyWords
from app.ui.administration.kind import AdministrationServices
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.ticked import TickedList

_WIDTH = 640


class NewAccessKeyDialog(Dialog):
    """`created` gives an IssuedKey. Nothing ticked of a list means all of it."""

    created = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        services: AdministrationServices,
        language: Language,
        collections: Mapping[str, str],
        assistants: Iterable[str],
    ) -> None:
        """`collections` are names by id."""
        super().__init__(
            parent,
            self.tr("New key"),
            self.tr("For one program, so that it can be revoked alone. Where nothing is ticked, "
                    "the key reaches everything that you may read."),
            width=_WIDTH,
        )  # fmt: skip
        self._services, self._language, words = services, language, KeyWords()
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        invite(self.name, self.tr("Name, such as that of the program"))
        self.acts, self.collections, self.assistants = TickedList(), TickedList(), TickedList()
        self.acts.offer((act.value, words.act(act), act in READING) for act in KeyAct)
        self.collections.offer((key, name, False) for key, name in collections.items())
        self.assistants.offer((name, name, False) for name in assistants)
        columns = [
            _headed(self.tr("May"), self.acts),
            _headed(self.tr("Collections"), self.collections),
        ]
        if self.assistants.keys:
            columns.append(_headed(self.tr("Assistants"), self.assistants))
        held = QWidget()
        in_row(*map(wide, columns), on=held, margins=0, spacing=12)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self.hold(self.name, held, self.problem)
        self.act(self.tr("Cancel"), self.reject)
        self.create_button = self.act(self.tr("Create"), self._create, "primary")
        self.usual(self.create_button)
        self.name.textChanged.connect(self._look)
        self.acts.turned.connect(self._look)
        self._look()
        self.name.setFocus()

    @property
    def scopes(self) -> list[str]:
        return [
            *(f"act:{each}" for each in self.acts.chosen),
            *(f"collection:{each}" for each in self.collections.chosen),
            *(f"assistant:{each}" for each in self.assistants.chosen),
        ]

    def _look(self) -> None:
        self.create_button.setEnabled(bool(self.name.text().strip() and self.acts.chosen))

    def _create(self) -> None:
        name, scopes, keys = self.name.text(), self.scopes, self._services.interface.keys
        allow_if(False, self.create_button)
        self._services.background.begin(
            self,
            lambda _: keys.create(name, scopes),
            self._done,
            ended=self._look,
            failed=self._failed,
        )

    def _done(self, issued: object) -> None:
        self.accept()
        self.created.emit(issued)

    def _failed(self, error: LaretsError) -> None:
        say_or_hide(self.problem, self._language.told(error))
        self.fit()


def _headed(title: str, listed: TickedList) -> QWidget:
    listed.setAccessibleName(title)
    listed.fit(least=5)
    held = QWidget()
    in_column(label("small", title), listed, on=held, margins=0, spacing=4)
    return held
