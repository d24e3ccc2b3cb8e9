"""Profiles: who they are, their roles, when they were last here."""

from functools import partial

from PySide6.QtWidgets import QMenu

from app.domain.roles import CreatedProfile, Role
from app.services.administration.members import MemberRow
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.new_key import NewKeyDialog
from app.ui.administration.new_profile import NewProfileDialog
from app.ui.administration.table import RowsTable
from app.ui.administration.words import AdministrationWords
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide


class MembersKind(Kind):
    icon = "users"

    def __init__(self, services: AdministrationServices, theme: Theme, language: Language) -> None:
        super().__init__(services)
        self._theme, self._language, self._words = theme, language, AdministrationWords(language)
        self.rows: list[MemberRow] = []
        self.table = RowsTable(3, 2, 2, 3)
        self.table.itemSelectionChanged.connect(self._offer)
        self.add, self.remove = button("primary", self._ask_new), button("", self._ask_remove)
        self.role, self._note = button("", self._choose_role), label("small", wrap=True)
        head = in_row(self.heading, STRETCH, self.add, spacing=8)
        acts = in_row(self.role, self.remove, STRETCH, spacing=8)
        in_column(
            head, self._about, acts, wide(self.table), self._note, on=self, margins=0, spacing=10
        )
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Profiles"))
        self._about.setText(
            self.tr("Each has conversations of its own, which nobody else reads. Roles are signed.")
        )
        self.add.setText(self.tr("New profile…"))
        self.role.setText(self.tr("Change the role"))
        self.remove.setText(self.tr("Delete…"))
        self.table.say(
            self.heading.text(),
            self.tr("Name"),
            self.tr("Role"),
            self.tr("Last seen"),
            self.tr("Collections"),
        )
        self._note.setText(
            self.tr(
                "A role is signed with an administrator's key: files that somebody edits do not "
                "change it. When a profile is deleted or loses rights, the workspace gets a new "
                "key at the next lock, and older copies of “workspace.json” open nothing in it "
                "any more. What somebody copied before, with its files, they can still open."
            )
        )
        self._show(self.rows)

    def load(self) -> None:
        members = self._services.administration.members
        self._services.reading.begin(self, lambda _: members.all(), self._show)

    def _show(self, rows: list[MemberRow]) -> None:
        self.rows = rows
        self.table.show_rows([self._row(each) for each in rows])
        self._offer()

    def _row(self, row: MemberRow) -> tuple[str, str, str, str]:
        seen = self.tr("never") if row.last_seen is None else self._words.moment(row.last_seen)
        name = filled(self.tr("%1 (you)"), row.name) if row.is_own else row.name
        last = self.tr("now") if row.is_own else seen
        return (name, self._words.role(row.role), last, ", ".join(row.collections))

    def _offer(self) -> None:
        chosen = self._chosen()
        self.role.setEnabled(chosen is not None)
        self.remove.setEnabled(chosen is not None and not chosen.is_own)

    def _chosen(self) -> MemberRow | None:
        place = self.table.chosen
        return self.rows[place] if 0 <= place < len(self.rows) else None

    # -- acts -------------------------------------------------------------------------------------

    def _choose_role(self) -> None:
        if (chosen := self._chosen()) is None:
            return
        menu = QMenu(self)
        for role in Role:
            line = menu.addAction(self._words.role(role), partial(self.change, chosen.name, role))
            line.setEnabled(role is not chosen.role)
        menu.popup(self.role.mapToGlobal(self.role.rect().bottomLeft()))

    def change(self, name: str, role: Role) -> None:
        """Give a profile another role."""
        members = self._services.administration.members
        self._services.background.begin(
            self, lambda _: members.change_role(name, role), lambda _: self.load()
        )

    def _ask_remove(self) -> None:
        if (chosen := self._chosen()) is None:
            return
        profiles = self._services.profiles
        self._services.reading.begin(
            self,
            lambda _: profiles.held_alone(chosen.name),
            lambda held: self._remove(chosen.name, held),
        )

    def _remove(self, name: str, held: list[str]) -> None:
        """Once it was agreed to, with what nobody else could open."""
        lines = [
            self.tr(
                "Its conversations and summaries are deleted with it, and cannot be restored "
                "but from a backup. Collections that others read stay."
            )
        ]
        if held:
            lost = self.tr("These private collections are open to nobody else and go as well: %1")
            lines.append(filled(lost, ", ".join(held)))
        title = filled(self.tr("Delete the profile “%1”?"), name)
        if agreed(self.window(), title, *lines, act=self.tr("Delete"), final=True):
            profiles = self._services.profiles
            self._services.background.begin(
                self, lambda _: profiles.delete(name, with_private=True), lambda _: self.load()
            )

    def _ask_new(self) -> None:
        dialog = NewProfileDialog(self.window(), self._services, self._language)
        dialog.created.connect(self._created)
        dialog.open()

    def _created(self, created: CreatedProfile) -> None:
        self.load()
        NewKeyDialog(self.window(), created, self._theme).open()
