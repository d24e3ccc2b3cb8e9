"""The department: which server, what waits there, collections and who reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.department import DepartmentStatus, Person, SharedCollection
from app.domain.errors import LaretsError
from app.domain.roles import Act
from app.services.department.moving import Moved
from app.services.department.rights import PersonRight
from app.services.jobs import Job
from app.ui.administration.department.joining import JoiningDialog
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.table import RowsTable
from app.ui.dialogs.questions import agreed, named, told
from app.ui.language import Language, filled
from app.ui.library.collections import collection_name
from app.ui.widgets.controls import button, forbid_if, label, say_or_hide
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide


@dataclass(frozen=True)
class _Shown:
    """What the server told, and who may what of its collections, by their ids."""

    status: DepartmentStatus
    rights: dict[str, list[PersonRight]]


class DepartmentKind(Kind):
    icon = "users"

    def __init__(self, services: AdministrationServices, language: Language) -> None:
        super().__init__(services)
        self._language = language
        self.shown: _Shown | None = None
        self.state, self.person = label("strong", wrap=True), label("small", wrap=True)
        self.queue, self.problem = label("", wrap=True), label("danger", wrap=True)
        self.person.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.join, self.found = button("primary", self._ask_join), button("", self._ask_found)
        self.add, self.give = button("", self._choose_new), button("", self._choose_reader)
        self.fetch = button("", self._fetch)
        self.take, self.leave = button("", self._choose_loser), button("", self._ask_leave)
        self.dismissal = button("", self._choose_leaver)
        self.table = RowsTable(4, 3, 3, 4)
        self._rest = QWidget()
        self.table.itemSelectionChanged.connect(self._offer)
        outside = in_row(self.join, self.found, STRETCH, spacing=8)
        inside = QWidget()
        flow = FlowLayout(inside, 8)
        for part in (self.add, self.give, self.take, self.fetch, self.dismissal):
            flow.addWidget(part)
        server = in_row(wide(self.state), self.leave, spacing=8)
        in_column(
            self.heading, self._about, server, self.person, self.queue, self.problem,
            outside, inside, wide(self.table), wide(self._rest), on=self, margins=0, spacing=10,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Department"))
        self._about.setText(
            self.tr(
                "Collections that many people share on a PostgreSQL server of your network. Texts "
                "are encrypted before they go there; your own collections stay on this computer."
            )
        )
        self.join.setText(self.tr("Join…"))
        self.found.setText(self.tr("Found…"))
        self.add.setText(self.tr("New collection…"))
        self.give.setText(self.tr("Give access"))
        self.take.setText(self.tr("Take access away"))
        self.fetch.setText(self.tr("Copy to this computer"))
        self.dismissal.setText(self.tr("Dismiss"))
        self.leave.setText(self.tr("Leave…"))
        self.table.say(
            self.heading.text(), self.tr("Collection"), self.tr("Documents"), self.tr("You may"),
            self.tr("Who reads it"),
        )  # fmt: skip
        self._show(self.shown)

    # -- what is there ----------------------------------------------------------------------------

    def load(self) -> None:
        membership = self._services.department.membership
        if not membership.is_member:
            self._show(None)
            return
        self._services.reading.begin(self, lambda _: self._read(), self._show, failed=self._failed)

    def _read(self) -> _Shown:
        department = self._services.department
        department.collections.connect()
        status = department.membership.status()
        opened = {each.id for each in department.collections.all()}
        rights = {e.id: department.rights.of(e.id) for e in status.collections if e.id in opened}
        return _Shown(status, rights)

    def _failed(self, error: LaretsError) -> None:
        self._show(None)
        say_or_hide(self.problem, self._language.told(error))

    def _show(self, shown: _Shown | None) -> None:
        self.shown = shown
        membership = self._services.department.membership
        allowed = self._services.library.allows(Act.USE_DEPARTMENT)
        self.problem.hide()
        for part in (self.add, self.give, self.take, self.fetch, self.dismissal, self.table):
            part.setVisible(shown is not None)
        administers = shown is not None and shown.status.person.administrator
        why = self.tr("Only an administrator of the department may.")
        forbid_if("" if administers else why, self.dismissal)
        self._rest.setVisible(shown is None)
        self.leave.setVisible(membership.is_member)
        for part in (self.join, self.found):
            part.setVisible(not membership.is_member)
        self.join.setEnabled(allowed)
        self.found.setEnabled(allowed and self._services.library.allows(Act.CHANGE_POLICIES))
        say_or_hide(self.state, self._state(shown, allowed=allowed))
        say_or_hide(self.person, self._person(shown))
        say_or_hide(self.queue, self._waiting(shown))
        self.table.show_rows([self._row(each) for each in self._collections()])
        self._offer()

    def _collections(self) -> tuple[SharedCollection, ...]:
        return self.shown.status.collections if self.shown else ()

    def _state(self, shown: _Shown | None, *, allowed: bool) -> str:
        if not allowed:
            return self.tr("Switched off: an administrator allows it under “Policies”.")
        if shown is None:
            return "" if self._services.department.membership.is_member else self.tr(
                "This profile belongs to no department."
            )  # fmt: skip
        status, size = shown.status, self._language.size
        return filled(
            self.tr("%1 · %2 · %3"), status.server, status.version, size(status.size)
        )  # fmt: skip

    def _person(self, shown: _Shown | None) -> str:
        if shown is None:
            return ""
        person = shown.status.person
        return filled(
            self.tr("You are “%1” there; the fingerprint of your keys is %2. People: %3."),
            person.name,
            person.fingerprint,
            ", ".join(each.name for each in shown.status.people),
        )

    def _waiting(self, shown: _Shown | None) -> str:
        if shown is None:
            return ""
        queue = shown.status.queue
        parts = [
            self.tr("%n document(s) wait", "", queue.waiting),
            self.tr("%n are being read", "", queue.reading),
            self.tr("%n could not be read", "", queue.failed),
            self.tr("%n worker(s) connected", "", shown.status.workers),
        ]
        line = ", ".join(parts) + "."
        if queue.waiting and not shown.status.workers:
            line += " " + self.tr("Nobody reads them: start “larets worker” on some computer.")
        return line

    def _row(self, shared: SharedCollection) -> tuple[str, str, str, str]:
        may = (
            self.tr("manage") if shared.manages
            else self.tr("read and add") if shared.adds
            else self.tr("read")
        )  # fmt: skip
        rights = self.shown.rights.get(shared.id, []) if self.shown else []
        documents = self._language.number(shared.documents, 0)
        return (shared.name, documents, may, ", ".join(self._reader(each) for each in rights))

    def _reader(self, right: PersonRight) -> str:
        name = right.person.name
        return name if right.adds else filled(self.tr("%1 (reads only)"), name)

    def _chosen(self) -> SharedCollection | None:
        place, all_ = self.table.chosen, self._collections()
        return all_[place] if 0 <= place < len(all_) else None

    def _offer(self) -> None:
        chosen = self._chosen()
        manages = chosen is not None and chosen.manages
        self.fetch.setEnabled(
            chosen is not None and self._services.library.allows(Act.ADD_DOCUMENTS)
        )
        for part in (self.give, self.take):
            part.setEnabled(manages)
            part.setToolTip("" if manages else self.tr("Only who manages a collection may."))

    # -- acts -------------------------------------------------------------------------------------

    def _ask_join(self) -> None:
        self._ask(JoiningDialog(self.window(), self._services, self._language, founds=False))

    def _ask_found(self) -> None:
        self._ask(JoiningDialog(self.window(), self._services, self._language, founds=True))

    def _ask(self, dialog: JoiningDialog) -> None:
        dialog.joined.connect(self.load)
        dialog.open()

    def _choose_new(self) -> None:
        """An empty one, or a copy of one that is here."""
        menu = QMenu(self)
        menu.addAction(self.tr("Empty…"), self._ask_name)
        menu.addSeparator()
        for each in self._services.library.open_collections:
            text = filled(self.tr("A copy of “%1”"), collection_name(each.collection.name))
            menu.addAction(text, partial(self.send, each.id, each.collection.name))
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def send(self, collection: str, name: str) -> None:
        """A local collection onto the server, with its vectors as they are."""
        moving = self._services.department.moving
        self._move(lambda job: moving.to_department(collection, name, job))

    def _fetch(self) -> None:
        if chosen := self._chosen():
            moving = self._services.department.moving
            self._move(lambda job: moving.to_workspace(chosen.id, chosen.name, job))

    def _move(self, act: Callable[[Job], Moved]) -> None:
        self._services.background.begin(
            self, act, self._moved, title=self.tr("Copying a collection")
        )

    def _moved(self, done: Moved) -> None:
        self.load()
        if done.left_out:
            told(
                self.window(),
                filled(self.tr("“%1” was copied in part"), done.collection.name),
                self.tr(
                    "%n document(s) were left out: not read yet, or there already.",
                    "",
                    done.left_out,
                ),
            )

    def _ask_name(self) -> None:
        title = self.tr("New collection of the department")
        asked = self.tr("You manage it, and let others in.")
        if name := named(self.window(), title, asked, self.tr("Create")):
            collections = self._services.department.collections
            self._do(lambda: collections.create(name))

    def _ask_leave(self) -> None:
        title = self.tr("Leave the department?")
        why = self.tr("Its collections go from this profile; what you added stays on the server.")
        if agreed(self.window(), title, why, self.tr("Leave")):
            self._do(self._services.department.membership.leave)

    def _choose_reader(self) -> None:
        chosen, shown = self._chosen(), self.shown
        if chosen is None or shown is None:
            return
        menu = QMenu(self)
        for person in shown.status.people:
            if person.role == shown.status.person.role:
                continue
            for text, may in (
                (self.tr("%1: read"), "read"),
                (self.tr("%1: read and add"), "add"),
                (self.tr("%1: manage"), "manage"),
            ):
                menu.addAction(filled(text, person.name), partial(self.share, chosen, person, may))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody else has joined yet")).setEnabled(False)
        menu.popup(self.give.mapToGlobal(self.give.rect().bottomLeft()))

    def _choose_loser(self) -> None:
        chosen, shown = self._chosen(), self.shown
        if chosen is None or shown is None:
            return
        menu = QMenu(self)
        for right in shown.rights.get(chosen.id, []):
            if right.person.role != shown.status.person.role:
                menu.addAction(right.person.name, partial(self.unshare, chosen, right.person.name))
        menu.popup(self.take.mapToGlobal(self.take.rect().bottomLeft()))

    def _choose_leaver(self) -> None:
        if self.shown is None:
            return
        menu, own = QMenu(self), self.shown.status.person.role
        for person in self.shown.status.people:
            if person.role != own:
                menu.addAction(person.name, partial(self.dismiss, person))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody else has joined yet")).setEnabled(False)
        menu.popup(self.dismissal.mapToGlobal(self.dismissal.rect().bottomLeft()))

    def dismiss(self, person: Person) -> None:
        """Somebody leaves; asked before."""
        title = filled(self.tr("Take all rights from “%1”?"), person.name)
        why = self.tr(
            "Access to every collection of the department ends at once. What was added stays; a "
            "key that somebody kept opens nothing without the server."
        )
        if agreed(self.window(), title, why, self.tr("Dismiss")):
            rights = self._services.department.rights
            self._do(lambda: rights.dismiss(person.role))

    def share(self, shared: SharedCollection, person: Person, may: str) -> None:
        """Once keys were compared: the server could show its own in their place."""
        rights = self._services.department.rights
        if not rights.has_met(person) and not self.ask_compared(person):
            return
        self._do(
            lambda: rights.share(
                shared.id, person.role, person.fingerprint,
                adds=may == "add", manages=may == "manage",
            )
        )  # fmt: skip

    def ask_compared(self, person: Person) -> bool:
        title = filled(self.tr("Is this “%1”?"), person.name)
        why = filled(
            self.tr(
                "Ask for the fingerprint that is shown on the same page there, by telephone or in "
                "person. The server shows:\n%1"
            ),
            person.fingerprint,
        )
        return agreed(self.window(), title, why, self.tr("It is the same"))

    def unshare(self, shared: SharedCollection, name: str) -> None:
        rights = self._services.department.rights
        self._do(lambda: rights.unshare(shared.id, name))

    def _do(self, act: Callable[[], object]) -> None:
        self._services.background.begin(self, lambda _: act(), lambda _: self.load())

    def _first_focus(self) -> QWidget:
        return self.join if self.join.isVisible() else self.add
