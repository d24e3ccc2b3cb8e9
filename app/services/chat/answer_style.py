"""How answers are written: an assistant's instruction, tone, sampling, adapter, collections."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.chat.assistants import Assistant, Tone
from app.domain.chat.variables import Given, filled
from app.domain.settings import Sampling
from app.services.assistants.prompts import Prompts
from app.services.assistants.service import AssistantService


@dataclass(frozen=True, slots=True)
class AnswerStyle:
    """`instruction` is added to the system text, "" for none; `adapters` by id with their scales,
    None for those that are on anyway; `collections` are ids, none for all. `spoken` is the language
    of every answer, "" for that of the question. `model` answers, "" for the one in use; `strict`
    shows nothing that no passage confirms."""

    sampling: Sampling = field(default_factory=Sampling)
    instruction: str = ""
    adapters: tuple[tuple[str, float], ...] | None = None
    collections: frozenset[str] = frozenset()
    remembers: bool = True
    spoken: str = ""
    model: str = ""
    strict: bool = False


class AnswerStyles:
    def __init__(self, assistants: AssistantService, prompts: Prompts, user: str) -> None:
        """`user` is whose name an instruction may call."""
        self._assistants = assistants
        self._prompts, self._user = prompts, user

    def of(self, assistant: str, spoken: str) -> AnswerStyle:
        """The style of an assistant by its id, in a language; the usual one where it is gone."""
        return self.as_told(self._assistants.get(assistant) if assistant else None, spoken)

    def as_told(self, found: Assistant | None, spoken: str) -> AnswerStyle:
        """The style of an assistant that need not be stored; the usual one of none."""
        if found is None:
            return AnswerStyle()
        spoken = found.language or spoken
        tone = self._tone(found.tone, spoken)
        language = self._prompts.get("language", spoken) if found.language else ""
        return AnswerStyle(
            sampling=replace(
                Sampling(), temperature=found.temperature, max_tokens=found.max_tokens
            ),
            instruction="\n".join(filter(None, (self._instruction(found, spoken), tone, language))),
            adapters=tuple((adapter.adapter, adapter.strength) for adapter in found.adapters)
            or None,
            collections=frozenset(found.collections),
            remembers=found.remembers,
            spoken=found.language.value,
            model=found.model,
            strict=found.strict,
        )

    def _instruction(self, found: Assistant, spoken: str) -> str:
        """With its values, the name of whoever asks, and the day as the language writes it."""
        day = datetime.now().astimezone().strftime("%d.%m.%Y" if spoken == "ru" else "%Y-%m-%d")
        given = {Given.USER: self._user, Given.DATE: day}
        return filled(found.instruction.strip(), found.variables, given)

    def _tone(self, tone: Tone, spoken: str) -> str:
        return "" if tone == Tone.NEUTRAL else self._prompts.get(f"tone-{tone.value}", spoken)
