from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from app.store import schema
from app.store.database import Database
from app.store.vault.audit import AuditStore


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "workspace.db", b"a" * 32, "workspace")
    yield opened
    opened.close()


@pytest.fixture
def audit(workspace: Database) -> AuditStore:
    store = AuditStore(workspace, b"k" * 32)
    for act in ("unlock", "add-document", "answer", "remove-document"):
        store.record("anna", act, f"subject of {act}")
    return store


def run(workspace: Database, statement: str) -> None:
    with workspace.transaction() as connection:
        connection.execute(text(statement))


def test_the_chain_is_whole_in_order(audit: AuditStore) -> None:
    assert audit.intact()
    assert [(each.number, each.act) for each in audit.entries()] == [
        (1, "unlock"), (2, "add-document"), (3, "answer"), (4, "remove-document"),
    ]  # fmt: skip


def test_an_empty_log_is_whole(workspace: Database) -> None:
    assert AuditStore(workspace, b"k" * 32).intact()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET act = 'x' WHERE number = 2", "DELETE FROM audit"]
)
def test_rows_can_neither_be_changed_nor_removed(
    workspace: Database, audit: AuditStore, statement: str
) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        run(workspace, statement)
    assert len(audit.entries()) == 4
    assert audit.intact()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'x' WHERE number = 2",
        "UPDATE audit SET moment = moment + 1 WHERE number = 2",
        "UPDATE audit SET profile = 'boris' WHERE number = 4",
        "UPDATE audit SET number = 9 WHERE number = 4",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit WHERE number = 3",
    ],
)
def test_without_the_triggers_a_change_is_noticed(
    workspace: Database, audit: AuditStore, statement: str
) -> None:
    for act in ("update", "delete"):
        run(workspace, f"DROP TRIGGER audit_refuses_{act}")
    run(workspace, statement)
    assert not audit.intact()


def test_a_row_put_in_is_noticed(workspace: Database, audit: AuditStore) -> None:
    row = {"moment": 1.0, "profile": "x", "act": "y", "subject": "", "seal": b"0" * 32}
    with workspace.transaction() as connection:
        connection.execute(insert(schema.audit).values(number=5, **row))
    assert not audit.intact()


def test_another_key_seals_nothing_here(workspace: Database, audit: AuditStore) -> None:
    assert not AuditStore(workspace, b"other key" * 4).intact()
