"""Keys of the workspace that stay when its own key changes: they lie in its database."""

from sqlalchemy import insert, select

from app.store import keys, schema
from app.store.database import Database

#: What the log is sealed with, and what encrypts adapters.
AUDIT, ADAPTERS = "audit", "adapters"


def secret(workspace: Database, name: str, workspace_key: bytes) -> bytes:
    """The key called `name`; the first time derived from the workspace's, as it was before there
    were others."""
    query = select(schema.secrets.c.value).where(schema.secrets.c.name == name)
    with workspace.change() as connection:
        found = connection.execute(query).scalar_one_or_none()
        if found is None:
            found = keys.derive(workspace_key, name)
            connection.execute(insert(schema.secrets).values(name=name, value=found))
    return bytes(found)
