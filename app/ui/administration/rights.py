"""Collections, and who may read them and add to them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from app.services.administration.members import MemberRow
from app.services.administration.rights import SharedCollection
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.table import RowsTable
from app.ui.language import filled
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide


class RightsKind(Kind):
    icon = "layers"

    def __init__(self, services: AdministrationServices) -> None:
        super().__init__(services)
        self.rows: list[SharedCollection] = []
        self._members: list[MemberRow] = []
        self.table = RowsTable(3, 3, 5)
        self.table.itemSelectionChanged.connect(self._offer)
        self.give, self.take = button("", self._choose_reader), button("", self._choose_loser)
        self._note = label("small", wrap=True)
        acts = in_row(self.give, self.take, STRETCH, spacing=8)
        in_column(
            self.heading, self._about, acts, wide(self.table), self._note, on=self, margins=0,
            spacing=10,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Collections and access"))
        self._about.setText(
            self.tr("Each collection has a key of its own; who is not named here does not have it.")
        )
        self.give.setText(self.tr("Give access"))
        self.take.setText(self.tr("Take access away"))
        self.table.say(
            self.heading.text(), self.tr("Collection"), self.tr("For"), self.tr("Who reads it")
        )
        self._note.setText(
            self.tr(
                "Private collections of others are not listed: you lack their keys, as everybody "
                "does whom their owner has not named."
            )
        )
        self._show((self.rows, self._members))

    def load(self) -> None:
        administration = self._services.administration
        self._services.reading.begin(
            self,
            lambda _: (administration.rights.all(), administration.members.all()),
            self._show,
        )

    def _show(self, found: tuple[list[SharedCollection], list[MemberRow]]) -> None:
        self.rows, self._members = found
        self.table.show_rows([self._row(each) for each in self.rows])
        self._offer()

    def _row(self, shared: SharedCollection) -> tuple[str, str, str]:
        private = shared.collection.private
        kind = self.tr("named profiles") if private else self.tr("everybody")
        readers = [
            reader.name if reader.may_add else filled(self.tr("%1 (reads only)"), reader.name)
            for reader in shared.readers
        ]
        return (shared.collection.name, kind, ", ".join(readers))

    def _chosen(self) -> SharedCollection | None:
        place = self.table.chosen
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def _offer(self) -> None:
        chosen = self._chosen()
        readers = {each.name for each in chosen.readers} if chosen else set()
        others = any(not each.is_own for each in chosen.readers) if chosen else False
        self.give.setEnabled(chosen is not None and len(readers) < len(self._members))
        self.take.setEnabled(others)

    # -- acts -------------------------------------------------------------------------------------

    def _choose_reader(self) -> None:
        if (chosen := self._chosen()) is None:
            return
        menu, present = QMenu(self), {each.name for each in chosen.readers}
        for member in self._members:
            if member.name in present:
                continue
            for text, adds in (
                (self.tr("%1: read"), False),
                (self.tr("%1: read and add"), True),
            ):
                act = partial(self.share, chosen, member.name, may_add=adds)
                menu.addAction(filled(text, member.name), act)
        menu.popup(self.give.mapToGlobal(self.give.rect().bottomLeft()))

    def _choose_loser(self) -> None:
        if (chosen := self._chosen()) is None:
            return
        menu = QMenu(self)
        for reader in chosen.readers:
            if not reader.is_own:
                menu.addAction(reader.name, partial(self.unshare, chosen, reader.name))
        menu.popup(self.take.mapToGlobal(self.take.rect().bottomLeft()))

    def share(self, shared: SharedCollection, name: str, *, may_add: bool) -> None:
        rights, collection = self._services.administration.rights, shared.collection.id
        self._do(lambda: rights.share(collection, name, may_add=may_add))

    def unshare(self, shared: SharedCollection, name: str) -> None:
        rights, collection = self._services.administration.rights, shared.collection.id
        self._do(lambda: rights.unshare(collection, name))

    def _do(self, act: Callable[[], None]) -> None:
        self._services.background.begin(self, lambda _: act(), lambda _: self.load())
