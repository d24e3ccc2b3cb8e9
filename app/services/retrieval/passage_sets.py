"""Passages that are kept together: under a name by the user, or because an answer was liked; found
again for similar questions."""

import hashlib
import time
import uuid
from collections.abc import Callable, Sequence
from itertools import groupby

from app.domain.chat.conversation import Message, Segment
from app.domain.retrieval.passage_sets import KeptPassage, PassageSet
from app.services.retrieval.segments import segment_of
from app.services.retrieval.service import Embedding
from app.services.searchable import SearchableCollection
from app.store.chat.passage_sets import PassageSetStore
from app.store.library.library import StoredPassage

_NAME = 60


class PassageSets:
    def __init__(
        self,
        store: PassageSetStore,
        collections: Callable[[], Sequence[SearchableCollection]],
        models: Embedding,
    ) -> None:
        self._store = store
        self._opened = collections
        self._models = models

    def all(self) -> list[PassageSet]:
        """The newest first."""
        return self._store.all()

    def keep(
        self, name: str, question: str, segments: Sequence[Segment], message: int | None = None
    ) -> PassageSet:
        """`message` is the liked answer that they come from. `NoEmbeddingModel`."""
        kept = PassageSet(
            id=uuid.uuid4().hex,
            name=" ".join((name or question).split())[:_NAME],
            question=question,
            created=time.time(),
            passages=tuple(self._kept(segments)),
            message=message,
        )
        embedder = self._models.embedder()
        self._store.keep(kept, embedder.name, embedder.embed_queries([question])[0])
        return kept

    def like(self, question: str, answer: Message) -> None:
        """Keep what a liked answer cites, for similar questions; nothing when it cites nothing."""
        self._store.remove_of_message(answer.id)
        passages = [source.segment for source in answer.cited if source.segment.is_passage]
        if passages:
            self.keep("", question, passages, answer.id)

    def unlike(self, answer: int) -> None:
        """Forget the passages that were kept because an answer was liked."""
        self._store.remove_of_message(answer)

    def rename(self, kept: str, name: str) -> None:
        """Give a kept set another name; an empty one changes nothing."""
        if clean := " ".join(name.split())[:_NAME]:
            self._store.rename(kept, clean)

    def remove(self, kept: str) -> None:
        """Forget a kept set; its passages stay in the library."""
        self._store.remove(kept)

    def segments(self, kept: PassageSet) -> list[Segment]:
        """What is still there of a kept set, letter for letter, in collections that are open."""
        found: list[StoredPassage] = []
        for collection in self._opened():
            stored = collection.store.passages([passage.passage for passage in kept.passages])
            wanted = {(passage.document, passage.digest) for passage in kept.passages}
            found += [
                stored_passage
                for stored_passage in stored.values()
                if (stored_passage.document, _digest(stored_passage.passage.text)) in wanted
            ]
        return [segment_of(run, run[0]) for run in _runs(found)]

    def near(self, question: str) -> tuple[PassageSet, list[Segment]] | None:
        """The liked set whose question asks the same (`Calibration.same_question`), with what is
        still there of it."""
        embedder = self._models.embedder()
        known = self._store.automatic(embedder.name)
        if not known:
            return None
        vector = embedder.embed_queries([question])[0]
        best, cosine = max(
            ((key, float(vector @ other)) for key, other in known), key=lambda each: each[1]
        )
        if cosine < embedder.calibration.same_question:
            return None
        kept = next(passage_set for passage_set in self._store.all() if passage_set.id == best)
        segments = self.segments(kept)
        return (kept, segments) if segments else None

    def note_use(self, kept: str) -> None:
        """Count that a kept set was used, and when."""
        self._store.note_use(kept, time.time())

    def _kept(self, segments: Sequence[Segment]) -> list[KeptPassage]:
        ids = [passage for segment in segments for passage in segment.passages]
        documents = {segment.document for segment in segments}
        found = [
            stored
            for collection in self._opened()
            for stored in collection.store.passages(ids).values()
            if stored.document in documents
        ]
        return [KeptPassage(e.document, e.id, _digest(e.passage.text)) for e in found]


def _runs(passages: Sequence[StoredPassage]) -> list[list[StoredPassage]]:
    """Neighbours of one document together."""
    ordered = sorted(
        passages, key=lambda stored_passage: (stored_passage.document, stored_passage.ordinal)
    )
    runs = groupby(enumerate(ordered), lambda each: (each[1].document, each[1].ordinal - each[0]))
    return [[passage for _, passage in run] for _, run in runs]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
