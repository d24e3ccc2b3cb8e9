"""The same question to two that answer, in an order that nobody is told before the choice. Answers
are made on the inference worker thread."""

import random
from dataclasses import dataclass, replace

from app.domain.chat.assistants import AdapterStrength, Assistant
from app.domain.chat.conversation import Message
from app.domain.errors import AssistantMissing, NoChatModel, NothingToCompare
from app.domain.exams.blind import Preference, Tally, Variant, is_of, tally_of
from app.domain.library.documents import Scope
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.settings import Sampling
from app.services.assistants.service import AssistantService
from app.services.chat.context import AnswerRequest
from app.services.chat.service import ChatService
from app.services.exams.service import Ground
from app.services.profiles.access import Access
from app.store.settings import SettingsStore

_STORED = "blind-comparisons"
#: What answers where no assistant is chosen.
_NOBODY = Assistant("", "", temperature=Sampling().temperature)


@dataclass(frozen=True, slots=True)
class BlindAnswers:
    """`variants` in the order in which they answer; one answer while the second is written."""

    variants: tuple[Variant, Variant]
    answers: tuple[Message, ...]


class BlindComparisons:
    def __init__(
        self,
        kept: SettingsStore,
        assistants: AssistantService,
        chat: ChatService,
        ground: Ground,
        access: Access,
    ) -> None:
        self._kept, self._assistants, self._chat = kept, assistants, chat
        self._ground, self._access = ground, access

    def ask(
        self,
        question: str,
        one: Variant,
        other: Variant,
        control: Control,
        scope: Scope | None = None,
    ) -> BlindAnswers:
        """Both answers, in a random order; `version` 0 of an assistant is what it is now, `model`
        "" its own. Nothing is stored, and earlier conversations have no say. Reports what an answer
        does, and BlindAnswers when the first is there. Errors as ChatService.answer_unkept;
        `NothingToCompare`, `NoChatModel`, `AssistantMissing`, `VersionMissing`, `Cancelled`."""
        self._access.require(Act.ASK)
        pair = [self._resolved(one), self._resolved(other)]
        if pair[0][0].key == pair[1][0].key:
            raise NothingToCompare(name=pair[0][0].name)
        random.shuffle(pair)
        variants = (pair[0][0], pair[1][0])
        request = AnswerRequest(scope or Scope(), remember=False)
        answers: tuple[Message, ...] = ()
        for _, assistant in pair:
            if answers:
                control.report(BlindAnswers(variants, answers))
            answer = self._chat.answer_unkept(question, control, request, assistant=assistant)
            control.check()
            answers += (answer,)
        return BlindAnswers(variants, answers)

    def judge(self, variants: tuple[Variant, Variant], preference: Preference) -> Tally:
        """Count what was preferred of two in that order; all that was counted of them."""
        kept = self.tallies()
        tally = tally_of(kept, *variants).counted(preference).ordered()
        self._kept.set(_STORED, [*(each for each in kept if not is_of(each, *variants)), tally])
        return tally

    def tallies(self) -> list[Tally]:
        """This profile's, the pair that was judged last at the end."""
        return self._kept.get(_STORED, [], list[Tally])

    def reset(self) -> None:
        """Forget all that was counted."""
        self._kept.set(_STORED, [])

    def _resolved(self, wish: Variant) -> tuple[Variant, Assistant]:
        """With the version and the model that answer now, and the assistant that asks for them."""
        told, version, name = _NOBODY, 0, ""
        if wish.assistant:
            told, version = self._version(wish)
            name = told.name
        model = self._ground.models.chat_model(wish.model or told.model)
        if model is None:
            raise NoChatModel
        if wish.bare:
            known = self._ground.adapters.all()
            told = replace(told, adapters=tuple(AdapterStrength(each.id, 0.0) for each in known))
        return (
            Variant(wish.assistant, name, version, model.name, wish.bare),
            replace(told, model=model.name),
        )

    def _version(self, wish: Variant) -> tuple[Assistant, int]:
        now = self._assistants.get(wish.assistant)
        if now is None:
            raise AssistantMissing(name=wish.name)
        versions = self._assistants.versions(now.id)
        number = versions[0].number if versions else 0
        if wish.version in (0, number):
            return now, number
        return self._assistants.version(now, wish.version).assistant, wish.version
