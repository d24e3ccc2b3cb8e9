"""A collection taken to the department's server, or from there into this workspace: passages and
vectors as they are, so that nothing is read or embedded again."""

from dataclasses import dataclass

from app.domain.errors import DocumentMissing
from app.domain.library.documents import Collection, DocumentState
from app.domain.progress import Control, Progress
from app.domain.roles import Act
from app.services.department.collection import DepartmentCollection
from app.services.department.collections import DepartmentCollections
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store.department import copying


@dataclass(frozen=True, slots=True)
class Moved:
    """`left_out`: documents that were not read when it was copied, or are there already."""

    collection: Collection
    documents: int
    passages: int
    left_out: int


class Moving:
    """What is copied whole stays whole: a stop leaves the source as it was, and the copy with the
    documents that it has."""

    def __init__(self, local: OpenCollections, far: DepartmentCollections, access: Access) -> None:
        self._local, self._far, self._access = local, far, access

    def to_department(
        self, collection: str, name: str, control: Control, *, words: bool = True
    ) -> Moved:
        """A local collection onto the server, under that name. `NameTaken`, `Cancelled`,
        `DepartmentUnreachable`, `DepartmentFull`: a copy that stays incomplete goes again."""
        self._access.require(Act.ADD_DOCUMENTS)
        source = self._local.one(collection)
        made = self._far.create(name, words=words)
        try:
            return self._sent(source, made, control)
        except BaseException:
            self._far.delete(made.id)
            raise

    def to_workspace(self, collection: str, name: str, control: Control) -> Moved:
        """One of the server into this workspace. Errors as `to_department`."""
        self._access.require(Act.ADD_DOCUMENTS)
        source = self._far.one(collection)
        made = self._local.create(name, private=True)
        try:
            return self._taken(source, self._local.one(made.id), control)
        except BaseException:
            self._local.delete(made.id)
            raise

    def _sent(self, source: OpenCollection, made: DepartmentCollection, control: Control) -> Moved:
        read = [e for e in source.store.documents() if e.state is DocumentState.INDEXED]
        left_out = source.store.counts()[0] - len(read)
        ids: dict[str, str] = {}
        order = sorted(read, key=lambda each: (bool(each.container), each.added))
        made.sending.begin_many()
        for number, document in enumerate(order):
            control.check()
            control.report(Progress(number, len(order), document.name))
            whole = copying.whole(source.store, document, ids.get(document.container, ""))
            if (sent := made.sending.put(whole)) is None:
                left_out += 1
            else:
                ids[document.id] = sent
        made.sending.end_many()
        documents, passages = made.store.counts()
        made.changed()
        return Moved(made.counted(), documents, passages, left_out)

    def _taken(self, source: DepartmentCollection, made: OpenCollection, control: Control) -> Moved:
        documents = source.store.documents()
        read = [each for each in documents if each.state is DocumentState.INDEXED]
        for number, document in enumerate(read):
            control.check()
            control.report(Progress(number, len(read), document.name))
            try:
                made.index.added(copying.take(source.store, document, made.store))
            except DocumentMissing:
                continue  # removed a moment ago
        found = made.store.counts()
        made.changed()
        return Moved(made.counted(), found[0], found[1], len(documents) - found[0])
