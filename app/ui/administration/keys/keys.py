"""Keys of this profile with which other programs ask: listed, made, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.access_keys import AccessKey, IssuedKey
from app.domain.roles import Act
from app.ui.administration.keys.door_row import DoorRow
from app.ui.administration.keys.new_access_key import NewAccessKeyDialog
from app.ui.administration.keys.shown_key import ShownKeyDialog
from app.ui.administration.keys.words import KeyWords
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.table import RowsTable
from app.ui.administration.words import AdministrationWords
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.pages.permitted import Permitted
from app.ui.widgets.controls import button, forbid_if, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide


@dataclass(frozen=True)
class _Found:
    """What was read: names of collections and assistants by their ids, and why no key can be made,
    "" where one can."""

    keys: Sequence[AccessKey] = ()
    collections: dict[str, str] = field(default_factory=dict)
    assistants: dict[str, str] = field(default_factory=dict)
    denied: str = ""


class KeysKind(Kind):
    icon = "key-round"

    def __init__(self, services: AdministrationServices, language: Language, door: DoorRow) -> None:
        super().__init__(services)
        self.door = door
        self._language, self._words = language, AdministrationWords(language)
        self._found = _Found()
        self.table = RowsTable(3, 4, 3, 4)
        self.table.itemSelectionChanged.connect(self._offer)
        self.add, self.revoke = button("primary", self._ask_new), button("", self._ask_revoke)
        self.note = label("small", wrap=True)
        head = in_row(self.heading, STRETCH, self.add, spacing=8)
        acts = in_row(self.revoke, STRETCH, spacing=8)
        in_column(
            head, self._about, self.door, acts, wide(self.table), self.note,
            on=self, margins=0, spacing=10,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Other programs"))
        self._about.setText(
            self.tr(
                "Programs of this computer can search and ask with a key of yours, with your "
                "rights and never more. Help: “Other programs”."
            )
        )
        self.add.setText(self.tr("New key…"))
        self.revoke.setText(self.tr("Revoke…"))
        self.table.say(
            self.heading.text(),
            self.tr("Name"),
            self.tr("May"),
            self.tr("Made"),
            self.tr("Last used"),
        )
        self._show(self._found)

    def load(self) -> None:
        self._services.reading.begin(self, lambda _: self._read(), self._show)

    def _read(self) -> _Found:
        keys, library = self._services.interface.keys, self._services.library
        return _Found(
            keys.all(),
            {each.id: each.name for each in library.collections()},
            {each.id: each.name for each in self._services.assistants.all()},
            Permitted(library.allows).why_not(Act.CONNECT_PROGRAMS),
        )

    def _show(self, found: _Found) -> None:
        self._found = found
        names, scope = found.collections | found.assistants, KeyWords().scope
        day = self._words.day
        rows = [
            (each.name, scope(each, names), day(each.created), self._use(each))
            for each in found.keys
        ]
        self.table.show_rows(rows)
        self.note.setText(found.denied)
        forbid_if(found.denied, self.add)
        self.door.show_door(found.denied)
        if found.denied and self.door.switch.isChecked():
            self.door.close_door()
        self._offer()

    def _use(self, key: AccessKey) -> str:
        if key.revoked is not None:
            return filled(self.tr("revoked %1"), self._words.day(key.revoked))
        return self.tr("never") if key.used is None else self._words.day(key.used)

    def _offer(self) -> None:
        chosen = self._chosen()
        self.revoke.setEnabled(chosen is not None and chosen.revoked is None)

    def _chosen(self) -> AccessKey | None:
        place = self.table.chosen
        return self._found.keys[place] if 0 <= place < len(self._found.keys) else None

    # -- acts -------------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        found = self._found
        dialog = NewAccessKeyDialog(
            self.window(), self._services, self._language, found.collections,
            found.assistants.values(),
        )  # fmt: skip
        dialog.created.connect(self._created)
        dialog.open()

    def _created(self, issued: IssuedKey) -> None:
        self.load()
        ShownKeyDialog(self.window(), issued).open()

    def _ask_revoke(self) -> None:
        chosen = self._chosen()
        if chosen is None or not agreed(
            self.window(),
            filled(self.tr("Revoke the key “%1”?"), chosen.name),
            self.tr("The program that has it is refused from now on. It cannot be made valid "
                    "again; a new key can be made."),
            act=self.tr("Revoke"),
            final=True,
        ):  # fmt: skip
            return
        keys = self._services.interface.keys
        self._services.background.begin(
            self, lambda _: keys.revoke(chosen.name), lambda _: self.load()
        )
