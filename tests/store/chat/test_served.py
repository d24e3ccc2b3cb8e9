"""What statistics count is found in answers of the program before, as if they were written now."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from app.domain.chat.conversation import AnswerState, Citation, Message, Timings
from app.store import migrations
from app.store.chat.messages import _columns, _served
from app.store.database import Database
from app.store.schema import conversations, messages
from tests.store.chat.test_conversations import answer, question

UNSUPPORTED = (Citation(1, 5, "", 0, 0, False),)
#: Revisions of the program before, and the columns that it did not know.
BEFORE, NEW = 6, set(_served(answer()))


def _answers() -> list[Message]:
    told = replace(answer(), text='Ответ "supported":true')
    (source,) = told.sources
    note = replace(source, number=2, segment=replace(source.segment, memory="m"))
    twice = replace(source, number=3)
    other = replace(source, number=4, segment=replace(source.segment, document="other"))
    cited = tuple(Citation(number, 5, "текст", 0, 5, True) for number in (4, 1, 2, 3))
    return [
        *(replace(told, state=state) for state in AnswerState),
        replace(told, state=AnswerState.DONE, citations=UNSUPPORTED),
        replace(told, state=AnswerState.DONE, sources=(), citations=(), timings=None),
        replace(
            told, state=AnswerState.DONE, sources=(source, note, twice, other), citations=cited
        ),
        replace(told, timings=Timings(total_ms=1234.6, first_useful_ms=87.6)),
    ]


def test_older_answers_have_the_figures_of_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, told = tmp_path / "profile.db", [question(), *_answers()]
    with monkeypatch.context() as before:
        before.setitem(migrations.REVISIONS, "profile", migrations.REVISIONS["profile"][:BEFORE])
        old = Database(path, b"p" * 32, "profile")
    with old.transaction() as connection:
        talk = {"id": "c", "title": "", "created": 1.0, "changed": 1.0, "assistant": "hr"}
        connection.execute(insert(conversations).values(talk))
        for message in told:
            known = {key: each for key, each in _columns(message).items() if key not in NEW}
            connection.execute(insert(messages).values(conversation="c", **known))
    old.close()
    database = Database(path, b"p" * 32, "profile")
    columns = [messages.c[name] for name in sorted(NEW)]
    with database.transaction() as connection:
        found = [dict(row) for row in connection.execute(select(*columns)).mappings()]
        assistants = connection.execute(select(messages.c.assistant)).scalars().all()
    database.close()
    assert found[0]["outcome"] == ""
    assert found[1:] == [_served(message) for message in told[1:]]
    assert assistants == ["", *["hr"] * len(told[1:])]
