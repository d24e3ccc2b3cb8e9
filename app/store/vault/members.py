"""What a profile remembers of the roster in its own database, where nobody else writes.

An older header shows by it: the chain that it holds ends before the entry last seen, and gives no
rights that were taken since.
"""

from app.domain.roles import Role
from app.store.database import Database
from app.store.settings import SettingsStore
from app.store.vault.roster import Roster, RosterHead

_FOUNDER, _HEAD, _ROLE = "roster-founder", "roster-head", "roster-role"
#: The half of the recovery key by which the profile's key is sealed to it.
RECOVERY_KEY = "recovery-key"


def remember(database: Database, roster: Roster, profile: str = "") -> None:
    """What is seen of the roster now; with `profile`, its role as well."""
    settings = SettingsStore(database)
    settings.set(_FOUNDER, roster.founder)
    settings.set(_HEAD, roster.head)
    if profile:
        settings.set(_ROLE, roster.members[profile].role)


def has_seen(database: Database) -> bool:
    """Whether there was a roster when this profile was last opened."""
    return bool(SettingsStore(database).get(_FOUNDER, ""))


def goes_on(database: Database, roster: Roster) -> bool:
    """Whether the roster has the founder and the last entry that this profile saw."""
    settings = SettingsStore(database)
    if not has_seen(database):
        return True
    head = settings.get(_HEAD, RosterHead(0, ""))
    return roster.founder == settings.get(_FOUNDER, "") and roster.holds(head)


def lesser(database: Database, found: Role) -> Role:
    """Of a role that an older roster gives and the one last known, the one that may less."""
    known = SettingsStore(database).get(_ROLE, Role.READER)
    order = (Role.READER, Role.EDITOR, Role.ADMINISTRATOR)
    return min(found, known, key=order.index)
