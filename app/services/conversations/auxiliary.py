"""What the open model does beside answers, while nobody waits: titles, further questions.

Belongs to the inference thread; in a sequence of its own, so that the conversation stays read.
"""

from collections.abc import Sequence

from app.domain.chat import suggestions, titles
from app.domain.chat.conversation import AnswerState, Message, NamedBy, Speaker
from app.domain.progress import Control, Redirected
from app.domain.settings import IdleWork, Sampling
from app.domain.text import language
from app.engines.base import CacheSequence, Finish, Generated
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.conversations.service import ConversationService
from app.services.models.inference import Inference
from app.services.profiles.preferences import PreferenceService

#: Characters of an answer and of a passage that are shown to the model; passages; turns before.
_ANSWER, _PASSAGE, _PASSAGES, _BEFORE = 500, 500, 3, 16
#: Turns after which a conversation is no longer named: the first answers gave nothing fit.
_EARLY = 4
_DONE = {AnswerState.DONE, AnswerState.CUT}


class AuxiliaryService:
    def __init__(
        self,
        inference: Inference,
        prompts: Prompts,
        conversations: ConversationService,
        preferences: PreferenceService,
        settings: IdleWork | None = None,
    ) -> None:
        self._inference = inference
        self._prompts = prompts
        self._conversations = conversations
        self._preferences = preferences
        self._settings = settings or IdleWork()

    def name(self, conversation: str, control: Control) -> str | None:
        """Title a conversation that nobody has named after its first answer; the title, None where
        it stays as it is: the model is not open, not quick enough, proposes nothing fit, or the
        control was cancelled. `ConversationMissing`."""
        shown = self._conversations.shown(conversation)
        first = self._conversations.load(shown.turns[:2])
        if shown.conversation.named_by != NamedBy.QUESTION or len(shown.turns) > _EARLY:
            return None
        if len(first) < 2 or first[1].state not in _DONE:
            return None
        asked, answer = first
        prompt = self._prompt("title", asked, answer)
        settings = self._settings
        sampling = Sampling(temperature=0, max_tokens=settings.title_tokens, stop=("\n",))
        said = self._said(prompt, sampling, control, settings.title_seconds)
        whole = said is not None and said.finish == Finish.END
        title = titles.accepted(said.text, asked.text) if said and whole else None
        if title and not control.cancelled:
            self._conversations.rename(conversation, title, NamedBy.MODEL)
        return title

    def suggest(self, conversation: str, control: Control) -> tuple[str, ...]:
        """Up to three questions to ask after the last answer, if it rests on documents; none where
        the user wants none or the machine is too slow. `ConversationMissing`."""
        turns = self._conversations.load(self._conversations.shown(conversation).turns[-_BEFORE:])
        answer = turns[-1] if turns else None
        if answer is None or answer.state not in _DONE or not self._wanted():
            return ()
        passages = _cited(answer)
        asked = [turn for turn in turns if turn.speaker == Speaker.USER]
        if not passages or not asked:
            return ()
        prompt = self._prompt("suggest", asked[-1], answer, passages)
        sampling = Sampling(
            temperature=0, max_tokens=self._settings.suggest_tokens, grammar=suggestions.GRAMMAR
        )
        said = self._said(prompt, sampling, control, None)
        questions = [message.text for message in asked]
        return suggestions.accepted(said.text, questions) if said else ()

    def _wanted(self) -> bool:
        chosen, running = self._preferences.get().suggest, self._inference.running
        if chosen is not None:
            return chosen
        speed = running.speed if running else None
        return speed is not None and self._settings.suggests(speed.prompt, speed.answer)

    def _prompt(
        self, use: str, asked: Message, answer: Message, passages: Sequence[str] = ()
    ) -> str:
        return self._prompts.filled(
            use,
            language.of(asked.text),
            question=asked.text,
            answer=answer.text[:_ANSWER],
            passages="\n\n".join(passages),
        )

    def _said(
        self, prompt: str, sampling: Sampling, control: Control, seconds: float | None
    ) -> Generated | None:
        """What the model says to it; None when it is not open, was stopped, or would take longer
        than that."""
        at_hand = self._inference.at_hand()
        if at_hand is None:
            return None
        model, speed = at_hand
        expected = model.count(prompt) / speed.prompt + sampling.max_tokens / max(
            speed.answer, 1e-9
        )
        if seconds is not None and expected > seconds:
            return None
        silent = Redirected(control, lambda progress: None)
        generated = model.stream(
            [Turn(TurnKind.USER, prompt)], sampling, silent, CacheSequence.AUXILIARY
        )
        return None if generated.finish == Finish.STOPPED else generated


def _cited(answer: Message) -> list[str]:
    return [source.segment.text[:_PASSAGE] for source in answer.cited[:_PASSAGES]]
