"""Who may read a collection of a department, and let others in."""

from dataclasses import dataclass

from app.domain.department import Person
from app.domain.errors import OtherFingerprint, PersonManages, PersonMissing
from app.domain.roles import Act
from app.services.department.collections import DepartmentCollections
from app.services.department.membership import MembershipService
from app.services.profiles.access import Access
from app.store.settings import SettingsStore

_MET = "department-people"


@dataclass(frozen=True, slots=True)
class PersonRight:
    """What a person may do with a collection, besides reading it."""

    person: Person
    adds: bool
    manages: bool


class DepartmentRights:
    """`met` keeps whose keys were compared: a server could put its own in their place."""

    def __init__(
        self,
        membership: MembershipService,
        collections: DepartmentCollections,
        access: Access,
        met: SettingsStore,
    ) -> None:
        self._membership, self._collections = membership, collections
        self._access, self._met = access, met

    def of(self, collection: str) -> list[PersonRight]:
        """Everybody who may read it, as far as this person manages it; else what he may himself."""
        opened = self._collections.one(collection)
        people = {each.role: each for each in self._membership.people().all()}
        found = self._membership.people().rights(opened.id)
        return [PersonRight(people[role], adds, manages) for role, adds, manages in found]

    def person(self, name: str) -> Person:
        """Who joined under that name. `PersonMissing`."""
        everybody = self._membership.people().all()
        for each in everybody:
            if name in (each.name, each.role):
                return each
        raise PersonMissing(name=name, known=", ".join(each.name for each in everybody))

    def has_met(self, person: Person) -> bool:
        """Whether somebody compared this person's keys before."""
        met: dict[str, str] = self._met.get(_MET, {}, dict[str, str])
        return met.get(person.role) == person.fingerprint.replace(" ", "")

    def share(
        self,
        collection: str,
        name: str,
        fingerprint: str = "",
        *,
        adds: bool = False,
        manages: bool = False,
    ) -> Person:
        """Let somebody read a collection. The first time his fingerprint is asked for, as he sees
        it himself. `OtherFingerprint`, `PersonMissing`, `DepartmentDenied`."""
        self._access.require(Act.USE_DEPARTMENT)
        opened, person = self._collections.one(collection), self.person(name)
        met: dict[str, str] = self._met.get(_MET, {}, dict[str, str])
        given = "".join(fingerprint.split()).casefold() or met.get(person.role, "")
        if given != person.fingerprint.replace(" ", ""):
            raise OtherFingerprint(name=person.name, fingerprint=person.fingerprint)
        self._met.set(_MET, met | {person.role: given})
        self._membership.people().give(
            opened.id, opened.key, person, adds=adds or manages, manages=manages
        )
        return person

    def dismiss(self, name: str) -> tuple[Person, bool]:
        """Somebody leaves the department: all his rights go at once. Who it was, and whether his
        role on the server went as well. `PersonMissing`, `PersonManages`, `DepartmentDenied`."""
        self._access.require(Act.USE_DEPARTMENT)
        person, people = self.person(name), self._membership.people()
        if left := people.only_managed(person.role):
            raise PersonManages(name=person.name, collections=", ".join(left))
        dropped = people.dismiss(person.role)
        met: dict[str, str] = self._met.get(_MET, {}, dict[str, str])
        self._met.set(_MET, {role: mark for role, mark in met.items() if role != person.role})
        return person, dropped

    def unshare(self, collection: str, name: str) -> Person:
        """Take a collection away from somebody. `PersonMissing`, `DepartmentDenied`."""
        self._access.require(Act.USE_DEPARTMENT)
        opened, person = self._collections.one(collection), self.person(name)
        self._membership.people().take(opened.id, person.role)
        return person
