"""How the program serves this profile, and what its library lacks."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from app.documents.export import tables as files
from app.domain.errors import NoEmbeddingModel
from app.domain.library.documents import Collection, Document
from app.domain.models.model import Calibration
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.statistics import (
    CitedDocument,
    Citing,
    Gap,
    Middle,
    NamedServed,
    Report,
    Selection,
    Served,
    Unanswered,
)
from app.services.assistants.service import AssistantService
from app.services.library.service import LibraryService
from app.services.profiles.access import Access
from app.services.retrieval.service import Embedding
from app.services.statistics import grouping, tables
from app.store.chat.served import ServedStore
from app.store.files import save_for_user

_CSV = ".csv"
#: Documents that a report names, those that are cited most.
_NAMED = 20
#: Refusals that are looked at for what the library lacks, the newest.
_MOST = 500
#: The nearness from which on questions are about the same; less than asking the same needs
#: (tests/bench/results/statistics.md).
_SAME_SUBJECT = 0.75
_Shelf = Mapping[str, tuple[Collection, Document]]


class StatisticsService:
    def __init__(
        self,
        store: ServedStore,
        library: LibraryService,
        assistants: AssistantService,
        models: Embedding,
        access: Access,
        record: Callable[[str, str], None],
        resources: Path,
    ) -> None:
        self._store, self._library, self._assistants = store, library, assistants
        self._models, self._access, self._record = models, access, record
        self._resources = resources

    def report(
        self,
        since: date | None = None,
        assistant: str | None = None,
        collection: str | None = None,
    ) -> Report:
        """Of a day and later, of an assistant by its id, of answers that cite a collection by its
        id; None for all. `CollectionMissing`."""
        among = self._selection(since, assistant, collection)
        counted, cited = self._store.counted(among), self._store.cited(among)
        first, whole = self._store.times(among)
        shelf = self._shelf(cited)
        return Report(
            served=sum((served for _, served in counted.days), Served()),
            first=_middle(first),
            whole=_middle(whole),
            untimed=int(np.isnan(first).sum()),
            days=counted.days,
            assistants=self._named(counted.assistants),
            collections=_by_collection(cited, shelf),
            documents=_most_cited(cited, shelf),
        )

    def gaps(
        self, control: Control, since: date | None = None, assistant: str | None = None
    ) -> list[Gap]:
        """Questions without an answer by their meaning, the most frequent first; by their words
        alone where no embedding model is in use."""
        asked = self._store.unanswered(self._selection(since, assistant, None), _MOST)
        same = _in_the_same_words(asked)
        if len(same) > 1:
            with suppress(NoEmbeddingModel):
                embedder = self._models.embedder()
                control.check()
                vectors = embedder.embed_queries([each[0].text for each in same])
                placed = grouping.groups(vectors, _least(embedder.calibration))
                same = [[each for place in group for each in same[place]] for group in placed]
        return [Gap(tuple(each)) for each in sorted(same, key=len, reverse=True)]

    def tells_texts(self) -> bool:
        """Whether an export may hold questions and names of documents, beside the figures."""
        return self._access.allows(Act.EXPORT)

    def export(self, path: Path, report: Report, gaps: Sequence[Gap], language: str) -> None:
        """Write figures to `path`, unencrypted, as CSV or under any other suffix as a workbook,
        with headings in a language ("ru"); questions and names of documents only where
        `tells_texts`. `StorageDenied`, `StorageFull`."""
        words = tables.words(self._resources, language)
        found = tables.of_report(report, words)
        if self.tells_texts():
            found += tables.of_texts(report, gaps, words)
        if path.suffix.lower() == _CSV:
            data = files.as_csv(files.one_below_the_other(found)).encode("utf-8-sig")
        else:
            data = files.as_xlsx(found)
        save_for_user(path, data)
        self._record("export-statistics", str(report.served.questions))

    # -- names ------------------------------------------------------------------------------------

    def _selection(
        self, since: date | None, assistant: str | None, collection: str | None
    ) -> Selection:
        if collection is None:
            return Selection(since, assistant)
        held = frozenset(document.id for document in self._library.documents(collection))
        return Selection(since, assistant, held)

    def _shelf(self, cited: Sequence[Citing]) -> _Shelf:
        """Where the documents stand that are cited and still there."""
        ids = sorted({each for citing in cited for ids, _ in citing.documents for each in ids})
        return {
            document.id: (collection, document)
            for collection in self._library.collections()
            for document in self._library.documents(collection.id, ids)
        }

    def _named(self, served: Sequence[tuple[str, Served]]) -> tuple[NamedServed, ...]:
        names = {assistant.id: assistant.name for assistant in self._assistants.every()}
        found = [NamedServed(key, names.get(key, ""), each) for key, each in served]
        return _most_asked(found)


def _least(calibration: Calibration) -> float:
    """The cosine from which on questions are about the same."""
    return calibration.floor + _SAME_SUBJECT * calibration.span


def _in_the_same_words(asked: Sequence[Unanswered]) -> list[list[Unanswered]]:
    alike: dict[str, list[Unanswered]] = {}
    for question in asked:
        alike.setdefault(" ".join(question.text.casefold().split()), []).append(question)
    return list(alike.values())


def _middle(times: "np.ndarray[Any, np.dtype[np.float64]]") -> Middle | None:
    measured = times[~np.isnan(times)]
    if not len(measured):
        return None
    median, most = np.percentile(measured, (50, 95))
    return Middle(round(float(median), 1), round(float(most), 1), len(measured))


def _most_asked(found: Sequence[NamedServed]) -> tuple[NamedServed, ...]:
    return tuple(sorted(found, key=lambda each: (-each.served.questions, each.name)))


def _by_collection(cited: Sequence[Citing], shelf: _Shelf) -> tuple[NamedServed, ...]:
    """An answer counts once for each collection that it rests on."""
    sums: dict[str, Served] = {}
    for citing in cited:
        counts = Counter[str]()
        for ids, answers in citing.documents:
            for collection in {shelf[each][0].id for each in ids if each in shelf}:
                counts[collection] += answers
        for collection, answers in counts.items():
            sums[collection] = sums.get(collection, Served()) + citing.served(answers)
    names = {collection.id: collection.name for collection, _ in shelf.values()}
    return _most_asked([NamedServed(key, names[key], each) for key, each in sums.items()])


def _most_cited(cited: Sequence[Citing], shelf: _Shelf) -> tuple[CitedDocument, ...]:
    counts = Counter[str]()
    for citing in cited:
        for ids, answers in citing.documents:
            for each in ids:
                counts[each] += answers
    found = [
        CitedDocument(document.id, document.name, collection.name, counts[document.id])
        for collection, document in shelf.values()
    ]
    return tuple(sorted(found, key=lambda each: (-each.answers, each.name))[:_NAMED])
