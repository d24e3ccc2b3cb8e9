"""Test questions of the workspace's assistants, and a profile's runs over them."""

import time
import zlib
from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import delete, func, insert, select, update

from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import ExamRun
from app.store.database import Database
from app.store.schema import exam_questions, exam_runs

#: Runs of an assistant that are kept, the newest.
_KEPT = 30
_QUESTION, _RUN = exam_questions.c, exam_runs.c


class ExamQuestionStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self, assistant: str) -> list[ExamQuestion]:
        """In the order in which they were added."""
        query = select(_QUESTION.value).where(
            _QUESTION.assistant == assistant, _QUESTION.removed.is_(None)
        )
        with self._workspace.transaction() as connection:
            rows = connection.execute(query.order_by(_QUESTION.position)).scalars()
            return [msgspec.json.decode(row, type=ExamQuestion) for row in rows]

    def keep(self, assistant: str, questions: Sequence[ExamQuestion]) -> None:
        """All or none: new ones behind the others, known ones in their places."""
        last = func.coalesce(func.max(_QUESTION.position), 0)
        with self._workspace.change() as connection:
            position = connection.execute(
                select(last).where(_QUESTION.assistant == assistant)
            ).scalar_one()
            for place, question in enumerate(questions, start=position + 1):
                value = msgspec.json.encode(question).decode()
                own = _QUESTION.id == question.id
                changed = update(exam_questions).where(own).values(value=value)
                if not connection.execute(changed).rowcount:
                    connection.execute(
                        insert(exam_questions).values(
                            id=question.id, assistant=assistant, position=place, value=value
                        )
                    )

    def remove(self, question: str) -> None:
        """Out of sight until `restore`, or until `purge` deletes it."""
        self._set_removed(question, time.time())

    def restore(self, question: str) -> None:
        self._set_removed(question, None)

    def purge(self, before: float) -> None:
        """Delete those that were removed before a moment."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(exam_questions).where(_QUESTION.removed < before))

    def _set_removed(self, question: str, moment: float | None) -> None:
        own = _QUESTION.id == question
        with self._workspace.transaction() as connection:
            connection.execute(update(exam_questions).where(own).values(removed=moment))


class ExamRunStore:
    """What a profile's answers say may come from documents that others may not read."""

    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self, assistant: str) -> list[ExamRun]:
        """The newest first."""
        query = select(_RUN.value).where(_RUN.assistant == assistant)
        with self._profile.transaction() as connection:
            rows = connection.execute(query.order_by(_RUN.moment.desc())).scalars().all()
        return [msgspec.json.decode(zlib.decompress(row), type=ExamRun) for row in rows]

    def keep(self, run: ExamRun) -> None:
        """As the newest; of an assistant's runs the oldest go."""
        value = zlib.compress(msgspec.json.encode(run))
        own = _RUN.assistant == run.assistant
        newest = select(_RUN.id).where(own).order_by(_RUN.moment.desc()).limit(_KEPT)
        with self._profile.change() as connection:
            connection.execute(
                insert(exam_runs).values(
                    id=run.id, assistant=run.assistant, moment=run.moment, value=value
                )
            )
            kept = connection.execute(newest).scalars().all()
            connection.execute(delete(exam_runs).where(own, _RUN.id.not_in(kept)))

    def keep_only(self, assistants: Collection[str]) -> None:
        """Forget the runs of all others, by their ids."""
        with self._profile.transaction() as connection:
            connection.execute(delete(exam_runs).where(_RUN.assistant.not_in(list(assistants))))
