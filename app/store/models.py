"""Which models this workspace knows and uses."""

from sqlalchemy import RowMapping, delete, insert, select, update

from app.domain.errors import ModelMissing
from app.domain.models import Model, ModelKind
from app.store.database import Database
from app.store.schema import models


class ModelStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self) -> list[Model]:
        with self._workspace.transaction() as connection:
            rows = connection.execute(select(models).order_by(models.c.kind, models.c.name))
            return [_model(row) for row in rows.mappings()]

    def named(self, name: str) -> Model:
        """`ModelMissing`."""
        for model in self.all():
            if model.name == name:
                return model
        raise ModelMissing(name=name)

    def in_use(self, kind: ModelKind) -> Model | None:
        return next((each for each in self.all() if each.kind == kind and each.in_use), None)

    def keep(self, model: Model) -> None:
        """Add a model or replace the one of its name."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(models).where(models.c.name == model.name))
            connection.execute(
                insert(models).values(
                    name=model.name,
                    kind=model.kind.value,
                    path=model.path,
                    architecture=model.architecture,
                    size=model.size,
                    sha256=model.sha256,
                    context_length=model.context_length,
                    in_use=int(model.in_use),
                )
            )

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


def _model(row: RowMapping) -> Model:
    return Model(
        name=row["name"],
        kind=ModelKind(row["kind"]),
        path=row["path"],
        architecture=row["architecture"],
        size=row["size"],
        sha256=row["sha256"],
        context_length=row["context_length"],
        in_use=bool(row["in_use"]),
    )
