"""Which models this workspace knows and uses, and how fast they are on which machine."""

from dataclasses import asdict

from sqlalchemy import RowMapping, delete, insert, select, update

from app.domain.errors import ModelMissing
from app.domain.models.model import Model, ModelKind, ModelShape, Speed
from app.store.database import Database
from app.store.schema import models, speeds


class ModelStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self) -> list[Model]:
        with self._workspace.transaction() as connection:
            rows = connection.execute(select(models).order_by(models.c.kind, models.c.name))
            return [_model(row) for row in rows.mappings()]

    def named(self, name: str) -> Model:
        """The model with that name. `ModelMissing`."""
        for model in self.all():
            if model.name == name:
                return model
        raise ModelMissing(name=name)

    def in_use(self, kind: ModelKind) -> Model | None:
        return next((model for model in self.all() if model.kind == kind and model.in_use), None)

    def keep(self, model: Model, stamp: str) -> None:
        """Add a model or replace the one of its name; `stamp` of the file that was hashed, "" when
        the hash is only claimed."""
        values = {
            "name": model.name,
            "kind": model.kind.value,
            "path": model.path,
            "architecture": model.architecture,
            "sha256": model.sha256,
            "stamp": stamp,
            "quantisation": model.quantisation,
            "licence": model.licence,
            "chat_format": model.chat_format,
            "in_use": int(model.in_use),
            **asdict(model.shape),
        }
        with self._workspace.transaction() as connection:
            connection.execute(delete(models).where(models.c.name == model.name))
            connection.execute(insert(models).values(values))

    def stamp(self, name: str) -> str:
        """Size and time of a model's files when their hash was last seen to be right; "" when it
        never was."""
        with self._workspace.transaction() as connection:
            found = connection.execute(select(models.c.stamp).where(models.c.name == name))
            return str(found.scalar() or "")

    def set_stamp(self, name: str, stamp: str) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(update(models).where(models.c.name == name).values(stamp=stamp))

    def use(self, model: Model) -> None:
        """Make it the one of its kind."""
        with self._workspace.transaction() as connection:
            connection.execute(
                update(models).where(models.c.kind == model.kind.value).values(in_use=0)
            )
            connection.execute(update(models).where(models.c.name == model.name).values(in_use=1))

    def forget(self, name: str) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(delete(models).where(models.c.name == name))

    def speed(self, sha256: str, machine: str) -> Speed | None:
        """How fast a model was last measured to be on that machine; None when it never was."""
        with self._workspace.transaction() as connection:
            row = connection.execute(
                select(speeds.c.prompt, speeds.c.answer).where(
                    speeds.c.sha256 == sha256, speeds.c.machine == machine
                )
            ).first()
        return Speed(row[0], row[1]) if row else None

    def keep_speed(self, sha256: str, machine: str, speed: Speed) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(
                insert(speeds)
                .prefix_with("OR REPLACE")
                .values(sha256=sha256, machine=machine, prompt=speed.prompt, answer=speed.answer)
            )


def _model(row: RowMapping) -> Model:
    return Model(
        name=row["name"],
        kind=ModelKind(row["kind"]),
        path=row["path"],
        architecture=row["architecture"],
        sha256=row["sha256"],
        shape=ModelShape(
            row["size"], row["layers"], row["kv_bytes"], row["embedding"], row["vocabulary"],
            row["context_length"],
        ),
        quantisation=row["quantisation"],
        licence=row["licence"],
        chat_format=row["chat_format"],
        in_use=bool(row["in_use"]),
    )  # fmt: skip
