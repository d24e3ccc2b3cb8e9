"""Notes: facts that the user keeps, or that the program proposes because they keep coming back."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import replace

from app.domain.events import SummariesChanged
from app.domain.memory import summary_merging
from app.domain.memory.summaries import Note, PointKind, Summary
from app.services.events import Events
from app.store.memory.notes import NoteStore

#: Summaries that a fact recurs in before it is proposed.
_OFTEN = 2


class NoteService:
    def __init__(self, store: NoteStore, events: Events) -> None:
        self._store = store
        self._events = events

    def kept(self) -> list[Note]:
        """Those that the user has, the newest first."""
        return [note for note in self._store.all() if note.accepted]

    def proposed(self) -> list[Note]:
        """Those that the user has not looked at yet."""
        return [note for note in self._store.all() if note.accepted is None]

    def add(self, text: str, summaries: Sequence[str] = ()) -> Note | None:
        """One of the user's; None for an empty one."""
        clean = " ".join(text.split())
        if not clean:
            return None
        note = Note(uuid.uuid4().hex, clean, time.time(), True, tuple(summaries))
        self._keep([note])
        return note

    def change(self, note: Note, text: str) -> None:
        """An empty text removes it."""
        clean = " ".join(text.split())
        if clean:
            self._keep([replace(note, text=clean)])
        else:
            self.remove(note)

    def accept(self, note: Note, *, accepted: bool) -> None:
        """Keep what was proposed; what is declined is not proposed again."""
        self._keep([replace(note, accepted=accepted)])

    def remember(self, note: Note, *, remembered: bool) -> None:
        """Whether answers may rest on it."""
        self._keep([replace(note, remembered=remembered)])

    def remove(self, note: Note) -> None:
        """At once; `restore` takes it back."""
        self._store.remove(note.id)
        self._events.publish(SummariesChanged())

    def restore(self, note: Note) -> None:
        """Take the removal of a note back."""
        self._keep([note])

    def propose(self, summary: Summary, others: Sequence[Summary]) -> list[Note]:
        """Propose as notes what a new summary says that others said before, and that is no note
        yet."""
        known = [note.text for note in self._store.all()]
        found = []
        for point in summary.digest.points:
            if point.kind == PointKind.DECISION or _said(point.text, known):
                continue
            same = [
                each.id
                for each in others
                if each.id != summary.id
                and _said(point.text, [other.text for other in each.digest.points])
            ]
            if len(same) + 1 >= _OFTEN:
                known.append(point.text)
                ids = (summary.id, *same)
                found.append(Note(uuid.uuid4().hex, point.text, time.time(), None, ids))
        if found:
            self._keep(found)
        return found

    def note_use(self, note: str) -> None:
        """An answer could rest on it."""
        used = [
            replace(each, used=each.used + 1, last_used=time.time())
            for each in self._store.all()
            if each.id == note
        ]
        self._store.keep(used)

    def _keep(self, notes: Sequence[Note]) -> None:
        self._store.keep(notes)
        self._events.publish(SummariesChanged())


def _said(text: str, others: Sequence[str]) -> bool:
    return any(summary_merging.says_the_same(text, other) for other in others)
