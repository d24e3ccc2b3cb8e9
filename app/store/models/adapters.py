"""Adapters: a row each in the workspace, their weights in encrypted files beside it."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from app.domain.errors import AdapterMissing
from app.domain.models.adapters import Adapter, AdapterCard
from app.store.database import Database
from app.store.files import decrypt_file, encrypt_file
from app.store.schema import adapters


class AdapterStore:
    def __init__(self, workspace: Database, folder: Path, key: bytes) -> None:
        self._workspace, self._folder, self._key = workspace, folder, key

    def all(self) -> list[Adapter]:
        with self._workspace.transaction() as connection:
            rows = connection.execute(select(adapters).order_by(adapters.c.name)).mappings()
            return [_adapter(row) for row in rows]

    def named(self, name: str) -> Adapter:
        """The adapter with that name. `AdapterMissing`."""
        for adapter in self.all():
            if adapter.name == name:
                return adapter
        raise AdapterMissing(name=name)

    def keep(self, adapter: Adapter, data: bytes) -> None:
        """Store a new adapter: its file first, so that a row never lacks one. `StorageFull`."""
        encrypt_file(
            self._folder / adapter.id, self._key, f"adapter/{adapter.id}", io.BytesIO(data)
        )
        with self._workspace.transaction() as connection:
            connection.execute(
                insert(adapters).values(
                    id=adapter.id, name=adapter.name, base=adapter.base, size=adapter.size,
                    created=adapter.created, scale=adapter.scale, lineage=adapter.lineage,
                    version=adapter.version, signer=adapter.signer,
                    card=msgspec.json.encode(adapter.card).decode() if adapter.card else "",
                )
            )  # fmt: skip

    def weights(self, adapter: Adapter) -> bytes:
        """The GGUF bytes. `DamagedData`."""
        return decrypt_file(self._folder / adapter.id, self._key, f"adapter/{adapter.id}")

    def set_scales(self, scales: dict[str, float]) -> None:
        """Scale by id; those that are not named are off."""
        with self._workspace.transaction() as connection:
            connection.execute(update(adapters).values(scale=0.0))
            for adapter, scale in scales.items():
                connection.execute(
                    update(adapters).where(adapters.c.id == adapter).values(scale=scale)
                )

    def remove(self, adapter: Adapter) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(delete(adapters).where(adapters.c.id == adapter.id))
        (self._folder / adapter.id).unlink(missing_ok=True)


def _adapter(row: Mapping[Any, Any]) -> Adapter:
    """A card that a newer version wrote otherwise is left out."""
    card = row["card"] or "null"
    try:
        return Adapter(**{**row, "card": msgspec.json.decode(card, type=AdapterCard | None)})
    except msgspec.DecodeError:
        return Adapter(**{**row, "card": None})
