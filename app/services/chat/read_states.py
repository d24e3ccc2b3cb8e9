"""What the chat model has read of a conversation: kept over a restart, read ahead of a question.

Runs on the inference worker thread.
"""

from app.domain.errors import ModelError
from app.domain.models.model import Model
from app.domain.progress import Control
from app.engines.base import ChatModel
from app.services.chat.answer_style import AnswerStyle
from app.services.chat.context import AnswerContext
from app.services.chat.prompt import PromptBuilder
from app.services.models.inference import Inference
from app.store.chat.sequence_states import StateStore

#: Seconds of reading from which on a conversation's state is worth its space on the disk, and
#: tokens a second where nothing was measured yet.
_WORTH_KEEPING, _USUAL_SPEED = 2.0, 100.0


class ReadStates:
    def __init__(self, inference: Inference, prompt: PromptBuilder, states: StateStore) -> None:
        self._inference = inference
        self._prompt = prompt
        self._states = states

    def read_ahead(self, spoken: str, style: AnswerStyle, control: Control) -> None:
        """Load the model and read what every conversation begins with, in the language that is
        probably spoken. Without a model nothing happens: the first question will say so."""
        try:
            model, _ = self._inference.chat(control, style.adapters, style.model)
        except ModelError:
            return
        opening = self._prompt.opening(style.spoken or spoken, style.instruction)
        model.read_ahead(opening, control)

    def restore(self, conversation: str, style: AnswerStyle, control: Control) -> None:
        """Give the model what it had read of a conversation in an earlier session, if that was
        kept. Without a model nothing happens."""
        try:
            model, facts = self._inference.chat(control, style.adapters, style.model)
        except ModelError:
            return
        state = self._states.load(conversation, _form(model, facts))
        if state is not None:
            model.restore_state(state)

    def export(self, context: AnswerContext) -> None:
        """Store what was read of a conversation, if reading it again would take a while."""
        if self._inference.running is None or not context.history:
            return
        style = context.style
        model, facts = self._inference.chat(adapters=style.adapters, model=style.model)
        turns = self._prompt.past(context, model)
        speed = self._inference.running.speed
        tokens = sum(model.count(turn.text) for turn in turns)
        if tokens < (speed.prompt if speed else _USUAL_SPEED) * _WORTH_KEEPING:
            return
        if (state := model.export_state(turns)) is not None:
            self._states.keep(context.conversation, _form(model, facts), state)

    def forget(self, conversation: str) -> None:
        """Remove what is stored of a conversation that was deleted."""
        self._states.remove(conversation)


def _form(model: ChatModel, facts: Model) -> str:
    """What a kept state belongs to beside its conversation."""
    return f"{facts.sha256}/{model.state_form}"
