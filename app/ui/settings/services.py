"""What the settings reach."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from app.services.events import Events
from app.services.models.service import ModelService
from app.services.profiles.preferences import PreferenceService
from app.services.profiles.profiles import ProfileService
from app.ui.acts import Acts


@dataclass(frozen=True)
class SettingsServices:
    """`stored` are this computer's, `folder` the workspace, `name` the profile that is open."""

    name: str
    stored: QSettings
    folder: Path
    preferences: PreferenceService
    profiles: ProfileService
    models: ModelService
    events: Events
    reading: Acts
