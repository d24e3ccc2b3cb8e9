"""The chosen documents into another collection, by a menu; taken back by "Undo"."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.library.documents import Document
from app.domain.roles import Act
from app.services.jobs import Job
from app.services.library.relocating import Relocated
from app.ui.dialogs.questions import told
from app.ui.language import filled
from app.ui.library.collections import collection_name
from app.ui.library.services import LibraryServices
from app.ui.pages.permitted import Permitted, grey
from app.ui.widgets.toast import Toast


class Moving(QObject):
    def __init__(
        self, page: QWidget, services: LibraryServices, permitted: Permitted, toast: Toast
    ) -> None:
        super().__init__(page)
        self._page, self._services = page, services
        self._permitted, self._toast = permitted, toast

    def offer(self, menu: QMenu, chosen: Sequence[Document]) -> None:
        """A submenu of the other collections of this workspace; nothing where there is no other."""
        open_now = self._services.library.open_collections.all()
        if len(open_now) < 2:
            return
        ids = [document.id for document in chosen]
        here = self._services.relocating.homes(ids[:1]).values()
        others = menu.addMenu(self.tr("Move to"))
        if reason := self._permitted.why_not(Act.REMOVE_DOCUMENTS):
            grey(menu, others.menuAction(), reason)
        for opened in open_now:
            if opened.id in here:
                continue
            name = collection_name(opened.collection.name)
            act = others.addAction(name, partial(self.move, ids, opened.id, name))
            act.setEnabled(opened.collection.may_add)

    def move(self, ids: Sequence[str], collection: str, name: str) -> None:
        """Documents of any collection of this workspace."""
        relocating = self._services.relocating

        def work(job: Job) -> tuple[Relocated, dict[str, str]]:
            homes = relocating.homes(ids)
            return relocating.move(ids, collection, job), homes

        def done(moved: tuple[Relocated, dict[str, str]]) -> None:
            found, homes = moved
            if found.moved:
                text = self.tr("%n document(s) moved to “%1”", "", len(found.moved))
                self._toast.say(filled(text, name), lambda: self._back(found.moved, homes))
            if stayed := self._stayed(found):
                told(self._page, self.tr("Not everything was moved"), *stayed)

        self._services.background.begin(self, work, done, title=self.tr("Moving documents"))

    def _back(self, moved: Sequence[str], homes: Mapping[str, str]) -> None:
        relocating = self._services.relocating

        def work(job: Job) -> None:
            for home in dict.fromkeys(homes[each] for each in moved):
                relocating.move([each for each in moved if homes[each] == home], home, job)

        self._services.background.begin(self, work, title=self.tr("Moving documents"))

    def _stayed(self, found: Relocated) -> list[str]:
        """Which stayed where they are, and why."""
        lines = (
            (found.unread, self.tr("Not read yet: %1")),
            (found.watched, self.tr("A watched folder would bring them again: %1")),
            (found.there, self.tr("The other collection has the same content: %1")),
        )
        return [filled(text, ", ".join(names)) for names, text in lines if names]
