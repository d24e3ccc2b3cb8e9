"""Draws from a part of a conversation what is to be remembered. Runs on the inference worker
thread, in a sequence of its own, so that the conversation that is open stays read."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.chat import citations
from app.domain.errors import Cancelled
from app.domain.memory import summary_writing
from app.domain.memory.summaries import Digest, StoredExchange
from app.domain.progress import Control, Redirected
from app.domain.settings import Sampling, SummaryWriting
from app.domain.text.shortening import shortened
from app.engines.base import CacheSequence, Finish
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.models.inference import Inference


class SummaryWriter:
    def __init__(
        self, inference: Inference, prompts: Prompts, settings: SummaryWriting | None = None
    ) -> None:
        self._inference = inference
        self._prompts = prompts
        self._settings = settings or SummaryWriting()

    def parts(self, turns: Sequence[StoredExchange]) -> list[list[StoredExchange]]:
        """Cut turns into parts of as many as are read at a time; the last two share the rest."""
        count = -(-len(turns) // self._settings.turns)
        edges = [len(turns) * place // max(count, 1) for place in range(count + 1)]
        return [list(turns[a:b]) for a, b in pairwise(edges)]

    def write(self, turns: Sequence[StoredExchange], control: Control) -> Digest:
        """Draw what is to be remembered from one part. `Cancelled`; `NoChatModel` and the like,
        `ModelError`."""
        model, _ = self._inference.open(control)
        spoken = summary_writing.language_of(turns)
        prompt = self._prompts.filled("summary", spoken, turns=self._read(turns, spoken))
        sampling = Sampling(
            temperature=0,
            max_tokens=self._settings.tokens,
            repeat_penalty=1.0,
            grammar=summary_writing.GRAMMAR,
        )
        silent = Redirected(control, lambda progress: None)
        said = model.stream(
            [Turn(TurnKind.USER, prompt)], sampling, silent, CacheSequence.AUXILIARY
        )
        if said.finish == Finish.STOPPED:
            raise Cancelled
        self._inference.note(said)
        return summary_writing.digest(said.text, turns)

    def _read(self, turns: Sequence[StoredExchange], spoken: str) -> str:
        return "\n\n".join(
            self._prompts.filled(
                "summary-turn",
                spoken,
                number=str(number),
                question=shortened(turn.asked.text, self._settings.question),
                answer=shortened(citations.unmarked(turn.answer.text), self._settings.answer),
            )
            for number, turn in enumerate(turns, start=1)
        )
