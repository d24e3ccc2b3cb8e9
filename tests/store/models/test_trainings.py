"""Trainings and rows in a real workspace, and what a run leaves on the disk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import DamagedData, StorageFull, TrainingMissing
from app.domain.models.adapters import Adapter
from app.domain.training.rows import Row, RowOrigin, RowPassage
from app.domain.training.training import (
    PRESETS,
    CurvePoint,
    Preset,
    Report,
    RunStatus,
    Training,
    TrainingState,
    Trouble,
)
from app.store import migrations
from app.store.database import Database
from app.store.models.adapters import AdapterStore
from app.store.models.trainings import RunFiles, TrainingStore

KEY = b"w" * 32
CANARY = b"the canary sings"
PLAIN = Training("1", "Кадры", "b" * 64, "tiny", 100.0)
FULL = replace(
    PLAIN,
    id="2",
    created=200.0,
    state=TrainingState.DONE,
    preset=Preset.CAREFUL,
    settings=PRESETS[Preset.CAREFUL],
    adapter="a",
    trouble=Trouble.RISING,
    status=RunStatus(step=3, curve=(CurvePoint(3, 1.5, None),), left=2.0),
    report=Report(2.0, 1.5, 1e-5, 0.01),
)
ROWS = [
    Row("Сколько дней?", "28 [1].", (RowPassage("Отпуск", "28 дней."),), "28 дней", group="d"),
    Row("Who?", "It is not said.", answered=False, origin=RowOrigin.CHATS),
    Row("Where?", "Here.", used=False),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "workspace.db", KEY, "workspace")
    yield opened
    opened.close()


@pytest.fixture
def store(workspace: Database, tmp_path: Path) -> TrainingStore:
    made = TrainingStore(workspace, tmp_path / "training")
    made.create(PLAIN)
    return made


def test_all_of_it_is_kept_the_newest_first(store: TrainingStore) -> None:
    store.create(FULL)
    assert store.all() == [FULL, PLAIN]
    changed = replace(PLAIN, name="Договоры", state=TrainingState.PAUSED)
    store.keep(changed)
    assert store.one("1") == changed
    with pytest.raises(TrainingMissing):
        store.one("3")
    with pytest.raises(TrainingMissing):
        store.files("3")


def test_rows_come_back_as_they_went_in_numbered_in_their_order(store: TrainingStore) -> None:
    store.create(FULL)
    store.add_rows("1", ROWS[:2])
    store.add_rows("2", ROWS)
    store.add_rows("1", ROWS[2:])
    store.add_rows("1", [])
    back = store.rows("1")
    assert [replace(each, id=0) for each in back] == ROWS
    assert [each.id for each in back] == sorted({each.id for each in back})
    assert 0 not in {each.id for each in back}
    assert (store.count("1"), store.count("2"), len(store.rows("2"))) == (2, 2, 3)


def test_a_row_is_changed_and_put_aside(store: TrainingStore) -> None:
    store.add_rows("1", ROWS)
    first, second, third = store.rows("1")
    changed = replace(second, answer="Nobody.")
    store.change_row(changed)
    store.use_rows([first.id, second.id], used=False)
    store.use_rows([third.id], used=True)
    aside = [replace(each, used=False) for each in (first, changed)]
    assert store.rows("1") == [*aside, replace(third, used=True)]
    assert store.count("1") == 1


def test_removed_it_is_gone_with_rows_key_and_files(
    store: TrainingStore, workspace: Database, tmp_path: Path
) -> None:
    store.create(FULL)
    for each in ("1", "2"):
        store.add_rows(each, ROWS)
        store.files(each).keep("checkpoint", CANARY)
    store.remove("1")
    assert store.all() == [FULL]
    assert store.rows("1") == []
    assert len(store.rows("2")) == 3
    assert [each.name for each in (tmp_path / "training").iterdir()] == ["2"]
    with workspace.transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM trainings")) == 1


# -- files ----------------------------------------------------------------------------------------


def test_files_are_encrypted_each_training_with_a_key_of_its_own(
    store: TrainingStore, tmp_path: Path
) -> None:
    store.create(FULL)
    ours, theirs = store.files("1"), store.files("2")
    assert ours.load("checkpoint") is None
    for each in (ours, theirs):
        each.keep("checkpoint", CANARY * 9000)
    assert ours.load("checkpoint") == CANARY * 9000
    one, other = (tmp_path / "training" / each / "checkpoint" for each in ("1", "2"))
    assert CANARY not in one.read_bytes() + other.read_bytes()
    one.write_bytes(other.read_bytes())
    with pytest.raises(DamagedData):
        ours.load("checkpoint")
    ours.remove("checkpoint")
    ours.remove("checkpoint")
    assert ours.load("checkpoint") is None
    assert ours.free_space() > 0


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


def _rename(path: Path) -> None:
    path.with_name("status").rename(path)


@pytest.mark.parametrize("damage", [_cut, _flip, _rename])
def test_damage_is_noticed(
    store: TrainingStore, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    run = store.files("1")
    run.keep("status", b"other")
    run.keep("result", CANARY)
    damage(tmp_path / "training" / "1" / "result")
    with pytest.raises(DamagedData):
        run.load("result")


def test_another_key_reads_nothing(store: TrainingStore, tmp_path: Path) -> None:
    store.files("1").keep("result", CANARY)
    with pytest.raises(DamagedData):
        RunFiles(tmp_path / "training" / "1", b"o" * 32, "1").load("result")


def test_what_could_not_be_written_leaves_what_was_there(
    store: TrainingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.files("1")
    run.keep("checkpoint", b"the one before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageFull):
        run.keep("checkpoint", CANARY)
    assert run.load("checkpoint") == b"the one before"
    assert [each.name for each in (tmp_path / "training" / "1").iterdir()] == ["checkpoint"]


# -- an older workspace ---------------------------------------------------------------------------


def test_adapters_of_an_older_workspace_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as before:
        before.setitem(migrations.REVISIONS, "workspace", migrations.REVISIONS["workspace"][:3])
        old = Database(path, KEY, "workspace")
    with old.transaction() as connection:
        columns = "id, name, base, size, created, scale"
        values = "'a', 'Manner', 'b', 5, 1.0, 0.5"
        connection.execute(text(f"INSERT INTO adapters ({columns}) VALUES ({values})"))
        tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    assert "trainings" not in tables
    old.close()
    new = Database(path, KEY, "workspace")
    kept = AdapterStore(new, tmp_path / "adapters", KEY).all()
    assert kept == [Adapter("a", "Manner", "b", 5, 1.0, 0.5, lineage="", version=1)]
    store = TrainingStore(new, tmp_path / "training")
    store.create(PLAIN)
    assert store.all() == [PLAIN]
    new.close()
