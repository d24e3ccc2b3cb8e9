"""Schema changes, append-only: one module a revision, listed here in their order.

`upgrade(connection, kind, found)` brings an open database from the revision `found` to the newest.
A revision's own `upgrade()` speaks to Alembic's operations (`alembic.op`); their context is made
here by its public API, and `alembic_version` is the table that Alembic itself would keep.
"""

from importlib import import_module

from sqlalchemy import Connection, text

#: Kind of database → its revisions. A released one is never changed, a new one is added at the end.
REVISIONS: dict[str, tuple[str, ...]] = {
    "workspace": (
        "r0001_first",
        "r0002_models_and_adapters",
        "r0003_assistants",
        "r0004_trainings",
        "r0005_adapter_files",
        "r0006_rights",
        "r0007_assistant_exams",
        "r0008_model_servers",
    ),
    "profile": (
        "r0001_first",
        "r0002_searched",
        "r0003_computed",
        "r0004_branches",
        "r0005_summaries",
        "r0006_evidence",
        "r0007_served",
        "r0008_exam_runs",
    ),
    "collection": (
        "r0001_first",
        "r0002_term_counts",
        "r0003_scope",
        "r0004_ingest",
        "r0005_reading",
    ),
}


def number(revision: str) -> str:
    """What the database remembers of a revision: "0003" of "r0003_assistants"."""
    return revision[1:5]


def newest(kind: str) -> str:
    """The number of the revision that this program writes."""
    return number(REVISIONS[kind][-1])


def is_known(kind: str, found: str | None) -> bool:
    """False of a revision that only a newer program knows."""
    return found is None or found in map(number, REVISIONS[kind])


def upgrade(connection: Connection, kind: str, found: str | None) -> None:
    """Run every revision after `found`, None of an empty database, in the caller's transaction."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    missing = [each for each in REVISIONS[kind] if found is None or number(each) > found]
    with Operations.context(MigrationContext.configure(connection)):
        for revision in missing:
            import_module(f"app.store.migrations.{kind}.{revision}").upgrade()
    if missing:
        _remember(connection, number(missing[-1]))


def _remember(connection: Connection, reached: str) -> None:
    connection.execute(
        text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    )
    connection.execute(text("DELETE FROM alembic_version"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:reached)"), {"reached": reached})
