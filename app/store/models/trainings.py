"""Trainings and their rows in the workspace; a run's checkpoint and result in files beside it."""

import io
import secrets
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
from sqlalchemy import delete, func, insert, select, update

from app.domain.errors import TrainingMissing
from app.domain.training.rows import Row
from app.domain.training.training import Training
from app.store.database import Database
from app.store.files import decrypt_file, encrypt_file
from app.store.schema import training_rows, trainings


class RunFiles:
    """What a run leaves on the disk, under a key of its own, so that it can go on being written
    while the profile is locked. Names: "checkpoint", "status", "result"."""

    def __init__(self, folder: Path, key: bytes, run: str) -> None:
        self._folder, self._key, self._run = folder, key, run

    def keep(self, name: str, data: bytes) -> None:
        """Atomically in place of the one before. `StorageFull`, `StorageDenied`."""
        identity = f"training/{self._run}/{name}"
        encrypt_file(self._folder / name, self._key, identity, io.BytesIO(data))

    def load(self, name: str) -> bytes | None:
        """None where there is none. `DamagedData`."""
        path = self._folder / name
        if not path.exists():
            return None
        return decrypt_file(path, self._key, f"training/{self._run}/{name}")

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove everything that a run has left."""
        for name in ("checkpoint", "status", "result"):
            self.remove(name)

    def free_space(self) -> int:
        """Bytes left where they lie."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return shutil.disk_usage(self._folder).free


class TrainingStore:
    def __init__(self, workspace: Database, folder: Path) -> None:
        self._workspace, self._folder = workspace, folder

    def all(self) -> list[Training]:
        """The newest first."""
        with self._workspace.transaction() as connection:
            found = connection.execute(
                select(trainings.c.value).order_by(trainings.c.created.desc())
            )
            return [_training(value) for value in found.scalars()]

    def one(self, training: str) -> Training:
        """The training with that id. `TrainingMissing`."""
        with self._workspace.transaction() as connection:
            value = connection.scalar(select(trainings.c.value).where(trainings.c.id == training))
        if value is None:
            raise TrainingMissing(name=training)
        return _training(value)

    def create(self, training: Training) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(
                insert(trainings).values(
                    id=training.id,
                    created=training.created,
                    key=secrets.token_bytes(32),
                    value=msgspec.json.encode(training).decode(),
                )
            )

    def keep(self, training: Training) -> None:
        """In place of what was stored."""
        with self._workspace.transaction() as connection:
            connection.execute(
                update(trainings)
                .where(trainings.c.id == training.id)
                .values(value=msgspec.json.encode(training).decode())
            )

    def remove(self, training: str) -> None:
        """Delete a training with its rows, its checkpoint and its result."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(training_rows).where(training_rows.c.training == training))
            connection.execute(delete(trainings).where(trainings.c.id == training))
        shutil.rmtree(self._folder / training, ignore_errors=True)

    def files(self, training: str) -> RunFiles:
        """The files that a run of this training leaves on the disk. `TrainingMissing`."""
        with self._workspace.transaction() as connection:
            key = connection.scalar(select(trainings.c.key).where(trainings.c.id == training))
        if key is None:
            raise TrainingMissing(name=training)
        return RunFiles(self._folder / training, key, training)

    # -- rows -------------------------------------------------------------------------------------

    def rows(self, training: str) -> list[Row]:
        """All of them, in the order they came."""
        with self._workspace.transaction() as connection:
            found = connection.execute(
                select(training_rows.c.id, training_rows.c.used, training_rows.c.value)
                .where(training_rows.c.training == training)
                .order_by(training_rows.c.id)
            )
            return [
                replace(msgspec.json.decode(value, type=Row), id=number, used=bool(used))
                for number, used, value in found
            ]

    def count(self, training: str) -> int:
        """How many of its rows are in use."""
        chosen = training_rows.c.training == training, training_rows.c.used == 1
        with self._workspace.transaction() as connection:
            told = select(func.count()).select_from(training_rows).where(*chosen)
            return int(connection.scalar(told) or 0)

    def add_rows(self, training: str, rows: Sequence[Row]) -> None:
        with self._workspace.transaction() as connection:
            if rows:
                connection.execute(
                    insert(training_rows), [{"training": training, **_columns(row)} for row in rows]
                )

    def change_row(self, row: Row) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(
                update(training_rows).where(training_rows.c.id == row.id).values(**_columns(row))
            )

    def use_rows(self, rows: Iterable[int], *, used: bool) -> None:
        with self._workspace.transaction() as connection:
            for row in rows:
                connection.execute(
                    update(training_rows).where(training_rows.c.id == row).values(used=int(used))
                )


def _columns(row: Row) -> dict[str, object]:
    value = msgspec.json.encode(replace(row, id=0, used=True)).decode()
    return {"used": int(row.used), "value": value}


def _training(value: str) -> Training:
    return msgspec.json.decode(value, type=Training)
