"""Figures over a profile's answers, a query each; one index alone has all that they look at.

Columns come as one JSON array where 100,000 rows are looked at: fetching them one by one takes most
of the time otherwise (tests/bench/results/statistics.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
import numpy as np
from sqlalchemy import ColumnElement, Select, String, func, literal_column, select

from app.domain.chat.conversation import Feedback
from app.domain.statistics import FIRST_DAY, Citing, Counted, Outcome, Selection, Served, Unanswered
from app.store.database import Database
from app.store.schema import conversations, messages

K = TypeVar("K")
Times = np.ndarray[Any, np.dtype[np.float64]]
_TURNS = messages.c
_NOTHING = literal_column("''", String)
#: The first figures of `Served` are the outcomes in their order.
_PLACES = {each.value: place for place, each in enumerate(Outcome)}
#: Those that ended by themselves.
_ENDED = (Outcome.ANSWERED, Outcome.UNSUPPORTED, Outcome.QUOTED, Outcome.ABSTAINED)


class ServedStore:
    """Deleted conversations are left out of every figure."""

    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def counted(self, among: Selection) -> Counted:
        """By day, the oldest first, and by assistant."""
        by = (_TURNS.day, _TURNS.assistant, _TURNS.outcome)
        query = self._among(
            among,
            *by,
            func.count(),
            func.sum(_TURNS.feedback == Feedback.UP.value),
            func.sum(_TURNS.feedback == Feedback.DOWN.value),
            func.sum(_TURNS.read_tokens),
            func.sum(_TURNS.written_tokens),
        )
        with self._profile.transaction() as connection:
            rows = connection.execute(query.group_by(*by).order_by(*by)).all()
        days = _folded((day, outcome, figures) for day, _, outcome, *figures in rows)
        assistants = _folded((name, outcome, figures) for _, name, outcome, *figures in rows)
        return Counted(
            tuple((date.fromordinal(day + FIRST_DAY), served) for day, served in days.items()),
            tuple(assistants.items()),
        )

    def times(self, among: Selection) -> tuple[Times, Times]:
        """Milliseconds until something useful stood there, and until the end, of each answer that
        ended by itself; NaN where it was not measured."""
        columns = (func.json_group_array(each) for each in (_TURNS.first_ms, _TURNS.total_ms))
        query = self._among(among, *columns).where(_TURNS.outcome.in_(_ENDED))
        with self._profile.transaction() as connection:
            first, whole = connection.execute(query).one()
        return _numbers(first), _numbers(whole)

    def cited(self, among: Selection) -> list[Citing]:
        """Which documents answers rest on."""
        row = _TURNS.outcome + " " + _TURNS.feedback + " " + _TURNS.cited
        query = self._among(among, func.json_group_array(row)).where(_TURNS.cited != _NOTHING)
        with self._profile.transaction() as connection:
            found = Counter(msgspec.json.decode(connection.execute(query).scalar_one()))
        kinds = defaultdict[tuple[str, str], list[tuple[tuple[str, ...], int]]](list)
        for told, answers in found.items():
            outcome, feedback, documents = told.split(" ", 2)
            kinds[outcome, feedback].append((tuple(documents.split(" ")), answers))
        return [
            Citing(Outcome(outcome), Feedback(feedback), tuple(citing))
            for (outcome, feedback), citing in kinds.items()
        ]

    def unanswered(self, among: Selection, most: int) -> list[Unanswered]:
        """Questions on which the documents were found wanting, the newest first, of the `most`
        newest such answers; not those that were answered when they were put again."""
        newest = (
            self._among(among, _TURNS.id, _TURNS.conversation)
            .where(_TURNS.outcome == Outcome.ABSTAINED)
            .order_by(_TURNS.day.desc(), _TURNS.id.desc())
            .limit(most)
            .subquery()
        )
        asked, refusal, again = (messages.alias(name) for name in ("asked", "refusal", "again"))
        answered = select(again.c.id).where(
            again.c.conversation == newest.c.conversation,
            again.c.parent == asked.c.id,
            again.c.outcome.in_([Outcome.ANSWERED, Outcome.QUOTED]),
        )
        query = (
            select(asked.c.text, func.max(refusal.c.created))
            .select_from(newest)
            .join(refusal, refusal.c.id == newest.c.id)
            .join(asked, asked.c.id == refusal.c.parent)
            .where(~answered.exists())
            .group_by(asked.c.id)
            .order_by(asked.c.id.desc())
        )
        with self._profile.transaction() as connection:
            return [Unanswered(*row) for row in connection.execute(query)]

    def _among(self, among: Selection, *columns: Any) -> "Select[Any]":
        return select(*columns).select_from(messages).where(*self._conditions(among))

    def _conditions(self, among: Selection) -> Iterator[ColumnElement[bool]]:
        removed = select(conversations.c.id).where(conversations.c.removed.is_not(None))
        yield _TURNS.outcome != _NOTHING
        yield _TURNS.conversation.not_in(removed)
        if among.since is not None:
            yield _TURNS.day >= among.since.toordinal() - FIRST_DAY
        if among.assistant is not None:
            yield _TURNS.assistant == among.assistant
        if among.documents is not None:
            yield _TURNS.cited.in_(_listed(self._naming(among.documents)))

    def _naming(self, documents: frozenset[str]) -> list[str]:
        """All that stands in `cited` with one of them."""
        found = (each for citing in self.cited(Selection()) for each, _ in citing.documents)
        return list({" ".join(each) for each in found if not documents.isdisjoint(each)})


def _listed(values: list[str]) -> "Select[Any]":
    """As one parameter, however many they are."""
    each = func.json_each(msgspec.json.encode(values).decode()).table_valued("value")
    return select(each.c.value)


def _numbers(array: str) -> Times:
    return np.array(msgspec.json.decode(array, type=list[float | None]), dtype=np.float64)


def _folded(rows: Iterable[tuple[K, str, Sequence[int]]]) -> dict[K, Served]:
    """`rows` have a key, an outcome, and its count with the figures beside it."""
    sums: dict[K, list[int]] = {}
    for key, outcome, (answers, *beside) in rows:
        figures = sums.setdefault(key, [0] * (len(Outcome) + len(beside)))
        figures[_PLACES[outcome]] += answers
        for place, value in enumerate(beside, len(Outcome)):
            figures[place] += value
    return {key: Served(*figures) for key, figures in sums.items()}
