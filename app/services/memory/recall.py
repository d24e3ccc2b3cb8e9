"""What earlier conversations have to say to a question: summaries and notes, found by meaning."""

import time
from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from app.domain.chat.conversation import Segment
from app.domain.errors import NoEmbeddingModel
from app.domain.library.documents import Locator
from app.domain.memory.summaries import Note, Recalled, Summary, freshness
from app.domain.progress import NoControl
from app.domain.settings import Recalling
from app.domain.text import language
from app.domain.text.shortening import shortened
from app.services.assistants.prompts import Prompts
from app.services.memory.notes import NoteService
from app.services.memory.summaries import SummaryService
from app.services.retrieval.service import Embedding
from app.stems import stems
from app.store.memory.memory_vectors import MemoryVectors, Remembered

#: What meaning and words weigh in nearness.
_MEANING, _WORDS = 0.7, 0.3
#: Points of an owner that are not much farther than its nearest are recalled with it.
_BESIDE, _POINTS = 0.12, 4
#: Texts that are looked at for their words, the nearest by meaning.
_CANDIDATES = 64
#: Characters of a token, at least: so much is reckoned before a model is asked.
_TOKEN = 2.5
#: Characters of a note that stand for its name.
_NAME = 40


class Recall:
    def __init__(
        self,
        summaries: SummaryService,
        notes: NoteService,
        vectors: MemoryVectors,
        models: Embedding,
        prompts: Prompts,
        settings: Recalling | None = None,
    ) -> None:
        self._summaries = summaries
        self._notes = notes
        self._vectors = vectors
        self._models = models
        self._prompts = prompts
        self._settings = settings or Recalling()

    def near(self, question: str, but: str = "") -> list[Recalled]:
        """The nearest first, of what may be remembered and is not the conversation `but` itself.
        `NoEmbeddingModel`."""
        return self._within(self._ranked(question, self._owners(but)))

    def find(self, query: str) -> list[str]:
        """Ids of all summaries that come near a query by meaning, the nearest first; none without
        an embedding model."""
        owners: dict[str, Summary | Note] = {
            summary.id: summary for summary in self._summaries.kept()
        }
        with suppress(NoEmbeddingModel):
            return [recalled.owner for recalled in self._ranked(query, owners)]
        return []

    def _ranked(self, question: str, owners: dict[str, Summary | Note]) -> list[Recalled]:
        if not owners:
            return []
        said, embedder = self._said(owners), self._models.embedder()
        cosines = said.cosines(embedder.embed_queries([question])[0])
        asked = set(stems(question))
        found: dict[str, list[tuple[float, str]]] = {}
        for place in np.argsort(-cosines)[:_CANDIDATES]:
            owner, text = said.owners[place], said.texts[place]
            if owner in owners:
                nearness = embedder.calibration.nearness(float(cosines[place]))
                share = len(asked & set(stems(text))) / max(len(asked), 1)
                found.setdefault(owner, []).append((_MEANING * nearness + _WORDS * share, text))
        now = time.time()
        recalled = [_recalled(owners[owner], points, now) for owner, points in found.items()]
        enough = [each for each in recalled if each.nearness >= self._settings.nearness]
        return sorted(enough, key=lambda each: each.weight, reverse=True)

    def take_in(self, summary: Summary) -> None:
        """A summary was written: propose what recurs, and make its vectors while nobody waits."""
        self._notes.propose(summary, self._summaries.kept())
        with suppress(NoEmbeddingModel):
            self._said(self._owners(""))

    def segments(self, question: str, but: str = "") -> list[Segment]:
        """The same as sources of an answer."""
        spoken = language.of(question)
        return [self._segment(recalled, spoken) for recalled in self.near(question, but)]

    def note_use(self, segments: Sequence[Segment]) -> None:
        """Count that an answer rests on them."""
        for owner in {segment.memory for segment in segments if segment.memory}:
            self._summaries.note_use(owner)
            self._notes.note_use(owner)

    def _owners(self, but: str) -> dict[str, Summary | Note]:
        summaries = [
            summary
            for summary in self._summaries.kept()
            if summary.remembered and summary.digest.points and summary.conversation != but
        ]
        notes = [note for note in self._notes.kept() if note.remembered]
        owners: list[Summary | Note] = [*summaries, *notes]
        return {owner.id: owner for owner in owners}

    def _said(self, owners: dict[str, Summary | Note]) -> Remembered:
        """With vectors for what has none yet, or said something else when it got them."""
        embedder = self._models.embedder()
        known = self._vectors.all(embedder.name)
        before = known.of()
        stale = {
            key: summary
            for key, summary in owners.items()
            if before.get(key, []) != _texts(summary)
        }
        for owner, each in stale.items():
            made = embedder.embed_passages(_texts(each), NoControl())
            self._vectors.keep(owner, embedder.name, _texts(each), made)
        return self._vectors.all(embedder.name) if stale else known

    def _within(self, recalled: Sequence[Recalled]) -> list[Recalled]:
        """As many as the budget allows."""
        kept, room = list[Recalled](), self._settings.tokens * _TOKEN
        for each in recalled[: self._settings.most]:
            room -= len(each.text)
            if room >= 0 or not kept:
                kept.append(each)
        return kept

    def _segment(self, recalled: Recalled, spoken: str) -> Segment:
        """Headed by what it is and that documents outrank it."""
        use = "memory-note" if recalled.is_note else "memory-summary"
        date = time.strftime("%d.%m.%Y", time.localtime(recalled.created))
        place = Locator(0, len(recalled.text))
        header = self._prompts.filled(use, spoken, title=recalled.title, date=date)
        return Segment(
            document=f"{'note' if recalled.is_note else 'summary'}:{recalled.owner}",
            name=recalled.title or shortened(recalled.text, _NAME),
            path="",
            text=recalled.text,
            header=header,
            locator=place,
            best=place,
            passages=(),
            score=recalled.weight,
            dense_score=None,
            keyword_score=None,
            memory=recalled.owner,
        )


def _texts(each: Summary | Note) -> list[str]:
    """What it is found by."""
    if isinstance(each, Note):
        return [each.text]
    return [point.text for point in each.digest.points]


def _recalled(each: Summary | Note, points: Sequence[tuple[float, str]], now: float) -> Recalled:
    nearest = max(near for near, _ in points)
    best = sorted(points, reverse=True)[:_POINTS]
    beside = {text for near, text in best if near >= nearest - _BESIDE}
    text = "\n".join(text for text in dict.fromkeys(_texts(each)) if text in beside)
    title = each.title if isinstance(each, Summary) else ""
    weight = nearest * freshness(now - each.created, each.used)
    return Recalled(each.id, title, text, each.created, nearest, weight)
