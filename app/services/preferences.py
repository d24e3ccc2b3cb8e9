"""What this profile's user chose. Safe from several threads."""

from dataclasses import asdict

from app.domain.settings import Preferences
from app.store.settings import SettingsStore


class PreferenceService:
    def __init__(self, store: SettingsStore) -> None:
        self._store = store

    def get(self) -> Preferences:
        standard = asdict(Preferences())
        chosen = {name: self._store.get(name, value) for name, value in standard.items()}
        return Preferences(**chosen)

    def choose(self, preferences: Preferences) -> None:
        for name, value in asdict(preferences).items():
            self._store.set(name, value)
