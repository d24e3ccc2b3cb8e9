"""Who can be compared, gathered at once: off the window thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.chat.assistants import Assistant
from app.domain.chat.versions import AssistantVersion
from app.domain.exams.blind import Variant
from app.ui.assistants.overview import AssistantServices


@dataclass(frozen=True)
class BlindOverview:
    """`versions` by the ids of assistants, those that they were; `adapts` where there are any
    adapters that can be left out."""

    assistants: Sequence[Assistant] = ()
    versions: Mapping[str, Sequence[AssistantVersion]] = field(default_factory=dict)
    models: Sequence[str] = ()
    adapts: bool = False

    def pair(self, wanted: str) -> tuple[Variant, Variant]:
        """To begin with: an assistant by its id, or the first, beside what it was, or another."""
        known = sorted(self.assistants, key=lambda each: each.id != wanted)
        if not known:
            return Variant(), Variant()
        first = Variant(known[0].id, known[0].name)
        if former := self.versions.get(first.assistant):
            return first, Variant(first.assistant, first.name, former[0].number)
        return first, Variant(known[1].id, known[1].name) if len(known) > 1 else Variant()


def look(services: AssistantServices) -> BlindOverview:
    known = services.assistants
    return BlindOverview(
        known.all(),
        {
            each.id: [
                version for version in known.versions(each.id)[1:] if version.assistant != each
            ]
            for each in known.all()
        },
        services.models.chat_models(),
        bool(services.adapters.all()),
    )
