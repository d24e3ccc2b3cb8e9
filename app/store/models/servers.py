"""Which servers hold the models of this workspace that lie on some, and the keys to them."""

from sqlalchemy import insert, select

from app.domain.errors import ModelMissing
from app.domain.models.servers import ModelServer
from app.store.database import Database
from app.store.schema import model_servers


class ModelServerStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def of(self, name: str) -> ModelServer:
        """Where the model of that name lies. `ModelMissing`."""
        found = select(model_servers).where(model_servers.c.name == name)
        with self._workspace.transaction() as connection:
            row = connection.execute(found).mappings().first()
        if row is None:
            raise ModelMissing(name=name)
        return ModelServer(tuple(row["urls"].split()), row["model"], row["key"], row["root"])

    def keep(self, name: str, server: ModelServer) -> None:
        """For a model that `ModelStore` knows; it goes with it."""
        values = {
            "name": name,
            "urls": " ".join(server.urls),
            "model": server.model,
            "key": server.key,
            "root": server.root,
        }
        with self._workspace.transaction() as connection:
            connection.execute(insert(model_servers).prefix_with("OR REPLACE").values(values))
