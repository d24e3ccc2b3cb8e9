"""What to search for when a question leans on the conversation."""

from collections.abc import Sequence

from app.domain.chat.prompting import Exchange
from app.domain.progress import Control, Redirected
from app.domain.questions import followup
from app.domain.settings import Sampling
from app.domain.text import language
from app.engines.base import CacheSequence
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.models.inference import Inference

_TOKENS = 48
#: Seconds that a rewriting may take; the question as it stands is searched for otherwise.
_PATIENCE = 4.0


class FollowUp:
    def __init__(self, inference: Inference, prompts: Prompts) -> None:
        self._inference = inference
        self._prompts = prompts

    def searched(self, question: str, history: Sequence[Exchange], control: Control) -> str:
        """The question itself, or one that can be understood without the history: rewritten by the
        model when it is there and quick enough, else joined to the question before it."""
        if not history or not followup.leans(question):
            return question
        rewritten = self._rewritten(question, history, control)
        return rewritten or followup.joined(question, history)

    def _rewritten(
        self, question: str, history: Sequence[Exchange], control: Control
    ) -> str | None:
        running = self._inference.running
        if running is None or running.speed is None:
            return None
        asked = self._prompts.filled(
            "rewrite",
            language.of(question),
            history=followup.transcript(history),
            question=question,
        )
        model, _ = self._inference.open()
        speed = running.speed
        expected = model.count(asked) / speed.prompt + _TOKENS / 2 / max(speed.answer, 1e-9)
        if expected > _PATIENCE:
            return None
        sampling = Sampling(temperature=0, max_tokens=_TOKENS, stop=("\n",))
        # These words are no answer: nobody is told.
        silent = Redirected(control, lambda progress: None)
        generated = model.stream(
            [Turn(TurnKind.USER, asked)], sampling, silent, CacheSequence.AUXILIARY
        )
        return followup.accepted(generated.text, question, history)
