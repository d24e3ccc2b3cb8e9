"""What this profile's user chose. Safe from several threads."""

from collections.abc import Sequence
from dataclasses import asdict

from app.domain.settings import Preferences
from app.store.settings import SettingsStore

_PREPARED = "prepared-questions"


class PreferenceService:
    def __init__(self, store: SettingsStore) -> None:
        self._store = store

    def get(self) -> Preferences:
        standard = asdict(Preferences())
        chosen = {name: self._store.get(name, value) for name, value in standard.items()}
        return Preferences(**chosen)

    def prepared_questions(self) -> list[str]:
        """For presentations, in their order."""
        found: list[str] = self._store.get(_PREPARED, [])
        return found

    def prepare_questions(self, questions: Sequence[str]) -> None:
        self._store.set(_PREPARED, list(questions))

    def choose(self, preferences: Preferences) -> None:
        for name, value in asdict(preferences).items():
            self._store.set(name, value)
