"""Assistants: which there are, and making, changing, doubling, putting away, deleting them."""

import time
import uuid
from dataclasses import replace
from pathlib import Path

from app.domain.chat import variables
from app.domain.chat.assistants import (
    HOTTEST,
    LEAST_TOKENS,
    MOST_TOKENS,
    STRONGEST,
    Assistant,
    AssistantTemplate,
)
from app.domain.chat.versions import AssistantVersion
from app.domain.errors import AssistantMissing, NameTaken, PlacesWithoutValue, VersionMissing
from app.domain.events import AssistantsChanged
from app.domain.roles import Act, may
from app.services.assistants import starters
from app.services.events import Events
from app.services.profiles.access import Access
from app.store.chat.assistants import AssistantStore

#: Seconds in which a deletion can be taken back; after them the next start forgets it.
_REGRET = 60.0


class AssistantService:
    def __init__(
        self,
        store: AssistantStore,
        access: Access,
        events: Events,
        profile: str,
        resources: Path,
    ) -> None:
        """Changes are made by that profile; `resources` have the templates."""
        self._store, self._profile, self._resources = store, profile, resources
        self._access = access
        self._events = events
        store.purge(time.time() - _REGRET)

    @property
    def may_change(self) -> bool:
        """Whether this profile's role may make, change and delete assistants."""
        return may(self._access.role, Act.CHANGE_ASSISTANTS)

    def all(self) -> list[Assistant]:
        """Those of the workspace that can be chosen, in the order in which they were made."""
        return self._store.all()

    def archived(self) -> list[Assistant]:
        """Those that were put away: they still answer in conversations that have them."""
        return self._store.archived()

    def every(self) -> list[Assistant]:
        """Those that can be chosen, then those that were put away."""
        return [*self._store.all(), *self._store.archived()]

    def get(self, assistant: str) -> Assistant | None:
        """The assistant with that id, put away or not; None when it was deleted since."""
        return next((each for each in self.every() if each.id == assistant), None)

    def named(self, name: str) -> Assistant:
        """The assistant with that name, put away or not. `AssistantMissing`."""
        wanted = name.casefold()
        for assistant in self.every():
            if assistant.name.casefold() == wanted:
                return assistant
        raise AssistantMissing(name=name)

    def create(self, assistant: Assistant) -> Assistant:
        """The same under an id of its own. `NameTaken`, `PlacesWithoutValue`, `AccessDenied`."""
        return self._keep(_whole(_new(assistant)))

    def change(self, assistant: Assistant) -> Assistant:
        """Store an assistant in place of the one with its id. `NameTaken`, `PlacesWithoutValue`,
        `AccessDenied`."""
        return self._keep(_whole(assistant))

    def duplicate(self, assistant: Assistant) -> Assistant:
        """A copy under the next free name. `AccessDenied`."""
        return self._keep(_new(replace(assistant, name=self._free_name(assistant))))

    def take_in(self, assistant: Assistant) -> Assistant:
        """One from elsewhere, under the next free name where its own is taken; its places may lack
        values. `NameTaken` for none, `AccessDenied`."""
        if self._is_taken(" ".join(assistant.name.split())):
            return self.duplicate(assistant)
        return self._keep(_new(assistant))

    def remove(self, assistant: str) -> None:
        """`restore` takes it back for a while. `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        self._store.remove(assistant)
        self._events.publish(AssistantsChanged())

    def restore(self, assistant: str) -> None:
        """Under the next free name where its own was taken meanwhile. `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        self._store.restore(assistant)
        back = self.get(assistant)
        if back and self._is_taken(back.name, but=assistant):
            self._store.keep(replace(back, name=self._free_name(back)), self._profile)
        self._events.publish(AssistantsChanged())

    def archive(self, assistant: str, *, away: bool = True) -> None:
        """Put one away, or back among those that can be chosen. `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        self._store.archive(assistant, away=away)
        self._events.publish(AssistantsChanged())

    def templates(self, language: str) -> tuple[AssistantTemplate, ...]:
        """Assistants to begin with, in a language ("ru")."""
        return starters.templates(self._resources, language)

    def template(self, language: str, wanted: str) -> AssistantTemplate:
        """By its key or its name. `TemplateMissing`."""
        return starters.template(self._resources, language, wanted)

    # -- versions ---------------------------------------------------------------------------------

    def versions(self, assistant: str) -> list[AssistantVersion]:
        """What an assistant is and was, by its id, the newest first."""
        return self._store.versions(assistant)

    def version(self, assistant: Assistant, number: int) -> AssistantVersion:
        """`VersionMissing`."""
        for each in self._store.versions(assistant.id):
            if each.number == number:
                return each
        raise VersionMissing(name=assistant.name, number=number)

    def roll_back(self, assistant: Assistant, number: int) -> Assistant:
        """Make one what it was, as its next version. `VersionMissing`, `NameTaken`,
        `AccessDenied`."""
        return self._keep(self.version(assistant, number).assistant)

    # -- names ------------------------------------------------------------------------------------

    def _is_taken(self, name: str, but: str = "") -> bool:
        known = (assistant for assistant in self.every() if assistant.id != but)
        return name.casefold() in {assistant.name.casefold() for assistant in known}

    def _free_name(self, assistant: Assistant) -> str:
        taken = {each.name.casefold() for each in self.every()}
        names = (f"{assistant.name} {number}" for number in range(2, len(taken) + 3))
        return next(name for name in names if name.casefold() not in taken)

    def _keep(self, assistant: Assistant) -> Assistant:
        self._access.require(Act.CHANGE_ASSISTANTS)
        name = " ".join(assistant.name.split())
        if not name or self._is_taken(name, but=assistant.id):
            raise NameTaken(name=name)
        kept = replace(
            assistant,
            name=name,
            temperature=min(max(assistant.temperature, 0.0), HOTTEST),
            max_tokens=min(max(assistant.max_tokens, LEAST_TOKENS), MOST_TOKENS),
            variables=variables.valued(assistant.instruction, assistant.variables),
            adapters=tuple(
                replace(adapter, strength=min(max(adapter.strength, 0.0), STRONGEST))
                for adapter in assistant.adapters
            ),
        )
        self._store.keep(kept, self._profile)
        self._events.publish(AssistantsChanged())
        return kept


def _new(assistant: Assistant) -> Assistant:
    return replace(assistant, id=uuid.uuid4().hex)


def _whole(assistant: Assistant) -> Assistant:
    """The same. `PlacesWithoutValue`."""
    valued = variables.valued(assistant.instruction, assistant.variables)
    if lacking := variables.lacking(valued):
        places = ", ".join(f"{{{each}}}" for each in lacking)
        raise PlacesWithoutValue(name=assistant.name, places=places)
    return assistant
