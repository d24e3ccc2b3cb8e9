"""Documents moved from one collection of this workspace to another, with what was read of them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.errors import OtherEmbeddingModel, ReadOnlyCollection
from app.domain.library.documents import Document, DocumentState
from app.domain.progress import Control, NoControl, Progress
from app.domain.roles import Act
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store.library.arriving import hand_over

_MODEL = "embedding-model"


@dataclass(frozen=True, slots=True)
class Relocated:
    """Ids of the documents that were `moved`; names of those that stayed: `unread`, since they wait
    or failed, `watched`, since a watched folder would bring them again, `there`, since the other
    collection has the same content."""

    moved: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


class Relocating:
    def __init__(self, collections: OpenCollections, access: Access) -> None:
        self._collections, self._access = collections, access

    def move(
        self, document_ids: Iterable[str], collection: str, control: Control | None = None
    ) -> Relocated:
        """Documents, with what was taken out of them, into `collection`, under their ids: what
        quotes them still finds them. Each is there whole before it goes here; a stop leaves the
        rest where it was. `CollectionMissing`, `CollectionOnServer`, `ReadOnlyCollection`,
        `OtherEmbeddingModel`, `AccessDenied`, `StorageFull`, `Cancelled`."""
        self._access.require(Act.ADD_DOCUMENTS)
        self._access.require(Act.REMOVE_DOCUMENTS)
        target = self._collections.one(collection)
        if not target.collection.may_add:
            raise ReadOnlyCollection(name=target.collection.name)
        control, wanted = control or NoControl(), list(document_ids)
        found = Relocated()
        for source in self._collections:
            if source is not target:
                found = _joined(found, self._from(source, target, wanted, control))
        return found

    def homes(self, document_ids: Sequence[str]) -> dict[str, str]:
        """In which collection of this workspace each of these is, by their ids."""
        return {
            document.id: opened.id
            for opened in self._collections
            for document in opened.store.documents(document_ids)
        }

    def _from(
        self,
        source: OpenCollection,
        target: OpenCollection,
        wanted: Sequence[str],
        control: Control,
    ) -> Relocated:
        chosen = _outermost(source.store.documents(wanted))
        if not chosen:
            return Relocated()
        _require_same_model(source, target)
        folders = [os.path.join(each.path, "") for each in source.store.places.watched()]
        moved, unread, watched, there = list[str](), list[str](), list[str](), list[str]()
        try:
            for number, document in enumerate(chosen):
                control.check()
                control.report(Progress(number, len(chosen), document.name))
                if document.state is not DocumentState.INDEXED:
                    unread.append(document.name)
                elif any(document.path.startswith(folder) for folder in folders):
                    watched.append(document.name)
                elif target.store.with_content(source.store.sha256(document.id)):
                    there.append(document.name)
                else:
                    self._one(source, target, document)
                    moved.append(document.id)
        finally:
            if moved:
                source.changed()
                target.changed()
        return Relocated(tuple(moved), tuple(unread), tuple(watched), tuple(there))

    def _one(self, source: OpenCollection, target: OpenCollection, document: Document) -> None:
        alone = replace(document, container="")  # a part that leaves its container
        for each in _with_parts(source, alone):
            target.index.added(hand_over(source.store, each, target.store))
            target.store.places.put(source.store.places.of(each.id))
        target.record("move-document", f"{document.id} → {target.collection.name}")
        source.forget(document.id)


def _outermost(chosen: Sequence[Document]) -> list[Document]:
    """Without parts of others among them, which go with these."""
    ids = {document.id for document in chosen}
    return [document for document in chosen if document.container not in ids]


def _with_parts(source: OpenCollection, document: Document) -> list[Document]:
    """A document and what was taken out of it, however deep; containers come first."""
    found = [document]
    for part in source.store.inside(document.id):
        found += _with_parts(source, part)
    return found


def _require_same_model(source: OpenCollection, target: OpenCollection) -> None:
    """Vectors of two models must not stand side by side. `OtherEmbeddingModel`."""
    own, other = source.store.fact(_MODEL), target.store.fact(_MODEL)
    if own and other and own != other:
        raise OtherEmbeddingModel(name=own, stored=other)
    if own and not other:
        target.store.set_fact(_MODEL, own)


def _joined(one: Relocated, other: Relocated) -> Relocated:
    return Relocated(
        one.moved + other.moved,
        one.unread + other.unread,
        one.watched + other.watched,
        one.there + other.there,
    )
