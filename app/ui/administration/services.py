"""What the administration reaches; it reads on one worker and acts on another."""

from dataclasses import dataclass

from app.services.profiles.profiles import ProfileService
from app.services.session import Administration
from app.ui.acts import Acts


@dataclass(frozen=True)
class AdministrationServices:
    administration: Administration
    profiles: ProfileService
    reading: Acts
    background: Acts
