"""What this profile's user chose. Safe from several threads."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_type_hints

from app.domain.events import PreferencesChanged
from app.domain.settings import Preferences
from app.services.events import Events
from app.store.settings import SettingsStore

_PREPARED = "prepared-questions"


class PreferenceService:
    def __init__(self, store: SettingsStore, events: Events) -> None:
        self._store = store
        self._events = events

    def get(self) -> Preferences:
        """What this profile chose, with the defaults for everything else."""
        kinds: dict[str, Any] = get_type_hints(Preferences)
        standard = asdict(Preferences())
        chosen = {name: self._store.get(name, standard[name], kinds[name]) for name in standard}
        return Preferences(**chosen)

    def prepared_questions(self) -> list[str]:
        """For presentations, in their order."""
        found: list[str] = self._store.get(_PREPARED, [])
        return found

    def prepare_questions(self, questions: Sequence[str]) -> None:
        """Store the questions of a presentation in their order."""
        self._store.set(_PREPARED, list(questions))

    def choose(self, preferences: Preferences) -> None:
        """Store preferences, and tell whoever uses them."""
        for name, value in asdict(preferences).items():
            self._store.set(name, value)
        self._events.publish(PreferencesChanged())
