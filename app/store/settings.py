"""A profile's own settings, as JSON by name."""

from typing import Any, TypeVar

import msgspec
from sqlalchemy import insert, select

from app.store.database import Database
from app.store.schema import settings

T = TypeVar("T")


class SettingsStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def get(self, name: str, default: T, kind: Any = None) -> T:
        """The value under that name; the default for none, and for one of another type than `kind`,
        which is the default's own unless given."""
        with self._profile.transaction() as connection:
            found = connection.execute(
                select(settings.c.value).where(settings.c.name == name)
            ).scalar()
        if found is None:
            return default
        try:
            value: T = msgspec.json.decode(found, type=kind or type(default))
        except msgspec.DecodeError:
            return default
        return value

    def set(self, name: str, value: object) -> None:
        with self._profile.transaction() as connection:
            connection.execute(
                insert(settings)
                .prefix_with("OR REPLACE")
                .values(name=name, value=msgspec.json.encode(value).decode())
            )
