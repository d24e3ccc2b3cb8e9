"""Question templates: which there are, and keeping, sharing, removing them."""

import uuid
from dataclasses import replace

from app.domain.chat.templates import Template
from app.domain.errors import NameTaken
from app.domain.events import TemplatesChanged
from app.domain.roles import Act, may
from app.services.events import Events
from app.services.profiles.access import Access
from app.store.chat.templates import SharedTemplateStore, TemplateStore


class TemplateService:
    def __init__(
        self, own: TemplateStore, shared: SharedTemplateStore, access: Access, events: Events
    ) -> None:
        self._own = own
        self._shared = shared
        self._access = access
        self._events = events

    @property
    def may_share(self) -> bool:
        """Whether the role allows changing what is shared."""
        return may(self._access.role, Act.CHANGE_ASSISTANTS)

    def all(self) -> list[Template]:
        """One's own, the most used first; then the shared ones by name."""
        return self._own.all() + self._shared.all()

    def keep(self, template: Template) -> Template:
        """A new one (id "") or a changed one; the same as it was stored. With another `shared` it
        moves. `NameTaken` by another of its kind, `AccessDenied` for shared ones."""
        before = self._kinds(template.id)
        self._require(template.shared or True in before)
        kept = replace(
            template, id=template.id or uuid.uuid4().hex, name=" ".join(template.name.split())
        )
        for each in self._store(kept.shared).all():
            if each.id != kept.id and each.name.casefold() == kept.name.casefold():
                raise NameTaken(name=kept.name)
        self._store(kept.shared).keep(kept)
        if (not kept.shared) in before:
            self._store(not kept.shared).remove(kept.id)
        self._events.publish(TemplatesChanged())
        return kept

    def share(self, template: Template, *, shared: bool) -> Template:
        """Hand a template to everybody of the workspace, or take it back. Errors as `keep`."""
        return self.keep(replace(template, shared=shared))

    def remove(self, template: Template) -> None:
        """`restore` takes it back. `AccessDenied` for shared ones."""
        self._require(template.shared)
        self._store(template.shared).remove(template.id)
        self._events.publish(TemplatesChanged())

    def restore(self, template: Template) -> None:
        """One that was removed. `NameTaken` when its name was given since, `AccessDenied`."""
        self.keep(template)

    def use(self, template: Template) -> None:
        """It was chosen: one's own come in the order of their use."""
        if not template.shared:
            self._own.count_use(template.id)
            self._events.publish(TemplatesChanged())

    def _kinds(self, template: str) -> set[bool]:
        """Where it is stored: among the shared ones, among one's own."""
        return {each.shared for each in self.all() if each.id == template}

    def _require(self, shared: bool) -> None:
        if shared:
            self._access.require(Act.CHANGE_ASSISTANTS)

    def _store(self, shared: bool) -> TemplateStore | SharedTemplateStore:
        return self._shared if shared else self._own
