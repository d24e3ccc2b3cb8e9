"""The chat model that is open: loaded late and once, with its adapters; how fast it is here. While
the servers of one are away, a model of this computer answers in its place.

Belongs to the inference thread; `running` alone may be read from others.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import log
from app.domain.errors import Cancelled, ModelMissing, ModelServerAway, NoChatModel
from app.domain.events import ModelLoading, RunningChanged
from app.domain.models.adapters import Adapter
from app.domain.models.machine import Machine
from app.domain.models.model import Model, Speed
from app.domain.models.placement import (
    MemoryUse,
    Placement,
    PlacementChoice,
    Reason,
    ReasonCode,
)
from app.domain.progress import Control, NoControl, Progress, Redirected
from app.domain.settings import PromptBudget, Sampling
from app.engines.base import (
    BareLoop,
    CacheSequence,
    ChatModel,
    Engines,
    Finish,
    Generated,
    OpenedChat,
    Opening,
)
from app.engines.turns import Turn, TurnKind
from app.services.events import Events
from app.services.models.adapters import AdapterService
from app.services.models.servers import ModelServers
from app.services.models.service import ModelService, decoded_format
from app.services.profiles.preferences import PreferenceService
from app.store.models.models import ModelStore

#: Fewer tokens than these tell nothing of the speed.
_LEAST_READ, _LEAST_WRITTEN = 64, 16
#: Weight of what was measured last against what was known.
_NEW = 0.5
#: Of a benchmark; about as much as a question with its passages.
_BENCHMARK_PROMPT = (
    "The quick brown fox jumps over the lazy dog while the sun goes down. " * 32
    + "Write a long story about this fox."
)
_BENCHMARK_TOKENS = 48
#: Seconds after which servers that did not answer are asked again.
_AWAY_FOR = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """The open model. `device` is where it computes; `speed` None until something was measured;
    `context` in tokens; `adapters` that speak with it."""

    model: Model
    device: str
    choice: PlacementChoice
    memory: MemoryUse
    context: int
    speed: Speed | None
    adapters: tuple[Adapter, ...]

    @property
    def stands_in(self) -> bool:
        """Whether it answers in place of a model whose servers do not."""
        return any(reason.code is ReasonCode.SERVER_AWAY for reason in self.choice.reasons)


@dataclass(frozen=True, slots=True)
class _Away:
    """A model whose servers did not answer at that moment of the monotonic clock."""

    model: Model
    moment: float


@dataclass(frozen=True)
class _OpenModel:
    """What is open, and what was chosen when it was: another choice means another opening."""

    model: Model
    use_graphics: bool
    opened: OpenedChat

    def serves(self, model: Model) -> bool:
        """Whether it is that one, and its files are still whole."""
        return self.model.sha256 == model.sha256 and self.opened.model.is_whole


class Inference:
    def __init__(
        self,
        models: ModelService,
        store: ModelStore,
        servers: ModelServers,
        adapters: AdapterService,
        preferences: PreferenceService,
        engines: Engines,
        events: Events,
        budget: PromptBudget | None = None,
    ) -> None:
        self._models = models
        self._store = store
        self._servers = servers
        self._adapters = adapters
        self._preferences = preferences
        self._engines = engines
        self._events = events
        self._budget = budget or PromptBudget()
        self._open: _OpenModel | None = None
        self._away: _Away | None = None
        #: What an assistant asked for last.
        self._named = ""
        self.running: Running | None = None

    def chat(
        self,
        control: Control | None = None,
        adapters: Sequence[tuple[str, float]] | None = None,
        model: str = "",
    ) -> tuple[ChatModel, Model]:
        """The chat model in use, loaded and adapted; reports Progress while it loads. `adapters` by
        id with their scales, None for those that are on anyway; those of another model are left
        out. `model` names another one, which is passed over where it is not there.
        `NoChatModel`, `ModelMissing`, `ModelChanged`, `DamagedModel`, `OutOfMemory`,
        `DamagedAdapter`, `Cancelled`."""
        chosen = self._answering(model)
        if chosen is None:
            raise NoChatModel
        graphics = self._preferences.get().use_graphics
        now = self._open
        if now is None or not now.serves(chosen) or now.use_graphics != graphics:
            try:
                now = self._load(chosen, graphics, self._announced(control or NoControl()))
            except ModelServerAway as error:
                self.part_with(error)
                return self.chat(control, adapters, model)
            finally:
                self._events.publish(RunningChanged())
        self._named = model
        self._adapt(now, adapters)
        return now.opened.model, now.model

    def part_with(self, error: ModelServerAway) -> None:
        """Servers did not answer, or no longer: a model of this computer answers for a while.
        Raises the error where there is none."""
        model = self._models.chat_model(str(error.facts["name"]))
        if model is None or not model.is_served or self._models.stand_in() is None:
            raise error
        log.failure(error)
        self._away = _Away(model, time.monotonic())

    @property
    def is_away(self) -> bool:
        """Whether a model of this computer answers in place of one whose servers do not."""
        return self._away is not None

    def _answering(self, name: str) -> Model | None:
        """The chat model of that name, or the one in use; or who answers in its place."""
        model = self._models.chat_model(name)
        if model is None or not model.is_served:
            self._away = None
            return model
        away = self._away
        if away and away.model == model and time.monotonic() - away.moment < _AWAY_FOR:
            return self._models.stand_in() or model
        return model

    def open(self, control: Control | None = None) -> tuple[ChatModel, Model]:
        """The same as it is adapted now, whichever answered last: for work beside an answer."""
        model = self._answering(self._named)
        if self._open is None or model is None or not self._open.serves(model):
            return self.chat(control, model=self._named)
        return self._open.opened.model, model

    def at_hand(self) -> tuple[ChatModel, Speed] | None:
        """The model in use and its speed if it is open and was measured: for work that is not worth
        loading it."""
        model, running = self._answering(self._named), self.running
        if self._open is None or model is None or running is None or running.speed is None:
            return None
        if not self._open.serves(model):
            return None
        return self._open.opened.model, running.speed

    def _announced(self, control: Control) -> Control:
        """One that also tells everybody how far the loading is, once a percent."""
        told = -1

        def report(progress: object) -> None:
            nonlocal told
            control.report(progress)
            if isinstance(progress, Progress):
                percent = 100 * progress.done // max(progress.total, 1)
                if percent != told:
                    told = percent
                    self._events.publish(ModelLoading(percent))

        return Redirected(control, report)

    def _load(self, model: Model, graphics: bool, control: Control) -> _OpenModel:
        """A model on a server is opened before another is given up: it may be away."""
        if model.is_served:
            opened = self._opened_there(model)
            self.unload()
        else:
            self.unload()
            opened = self._opened_here(model, graphics, control)
        self._open = _OpenModel(model, graphics, opened)
        self.running = Running(
            model=model,
            device=self._device(model, opened),
            choice=opened.choice,
            memory=opened.model.memory,
            context=opened.model.context_length,
            speed=self._store.speed(model.sha256, opened.machine.identity),
            adapters=(),
        )
        return self._open

    def _opened_here(self, model: Model, graphics: bool, control: Control) -> OpenedChat:
        if not self._models.present(model):
            raise ModelMissing(name=model.name)
        self._models.require_unchanged(model, control)
        derived = decoded_format(model.chat_format)
        opening = Opening(model.path, model.shape, graphics, derived)
        opened = self._engines.open_chat(opening, control)
        if self._away is None:
            return opened
        reason = self._reason(ReasonCode.SERVER_AWAY, self._away.model)
        choice = replace(opened.choice, reasons=(reason, *opened.choice.reasons))
        return replace(opened, choice=choice)

    def _opened_there(self, model: Model) -> OpenedChat:
        served = self._servers.open(model)
        self._away = None
        reason = self._reason(ReasonCode.ON_SERVER, model)
        choice = PlacementChoice(Placement(context=served.context_length), (reason,))
        return OpenedChat(served, self._engines.survey(), choice)

    def _reason(self, code: ReasonCode, model: Model) -> Reason:
        return Reason(code, (("model", model.name), ("server", self._servers.shown(model))))

    def _device(self, model: Model, opened: OpenedChat) -> str:
        if model.is_served:
            return self._servers.shown(model)
        placed = opened.choice.placement.gpu_layers
        device = opened.machine.graphics if placed else None
        return device.description if device else opened.machine.processor

    def _adapt(self, now: _OpenModel, adapters: Sequence[tuple[str, float]] | None) -> None:
        chosen = tuple(self._adapters.chosen(now.model.sha256, adapters))
        if self.running is None or chosen == self.running.adapters:
            return
        now.opened.model.adapt(self._adapters.at_scale(chosen))
        self.running = replace(self.running, adapters=chosen)
        self._events.publish(RunningChanged())

    def unload(self) -> None:
        """Give its memory back."""
        if self._open is not None:
            self._open.opened.model.close()
            self._open = self.running = None
            self._events.publish(RunningChanged())

    # -- speed ------------------------------------------------------------------------------------

    def note(self, generated: Generated) -> None:
        """Learn from an answer how fast this machine reads and writes."""
        known = self.running.speed if self.running else None
        prompt = known.prompt if known else 0.0
        answer = known.answer if known else 0.0
        if generated.read_tokens >= _LEAST_READ and generated.finish != Finish.STOPPED:
            prompt = _mixed(prompt, generated.prompt_speed)
        if generated.generated_tokens >= _LEAST_WRITTEN:
            answer = _mixed(answer, generated.speed)
        if prompt:
            self._keep(Speed(prompt, answer))

    def benchmark(self, control: Control) -> Speed:
        """Read and write once and measure; what was kept warm stays. `Cancelled`, and as `chat`."""
        model, _ = self.chat(control)
        # Never the same beginning, so that all of it is read.
        asked = Turn(TurnKind.USER, f"{time.monotonic_ns()} {_BENCHMARK_PROMPT}")
        sampling = Sampling(temperature=0, max_tokens=_BENCHMARK_TOKENS)
        generated = model.stream([asked], sampling, control, CacheSequence.AUXILIARY)
        if generated.finish == Finish.STOPPED:
            raise Cancelled
        speed = Speed(generated.prompt_speed, generated.speed)
        self._keep(speed)
        return speed

    def _keep(self, speed: Speed) -> None:
        if self._open is None or self.running is None:
            return
        identity = self._open.opened.machine.identity
        self._store.keep_speed(self._open.model.sha256, identity, speed)
        self.running = replace(self.running, speed=speed)
        self._events.publish(RunningChanged())

    def speed(self, model: Model, machine: Machine) -> Speed | None:
        """How fast a model was measured to be on that machine, whether it is open or not; None when
        it never was."""
        return self._store.speed(model.sha256, machine.identity)

    def passage_room(self, pending: int) -> int:
        """Tokens of passages that an answer may use, so that the first word comes within the
        user's patience although `pending` others have to be read too."""
        if self.running is None:
            return self._budget.usual
        most = min(self._budget.most, self.running.context // 3)
        speed = self.running.speed
        if speed is None:
            return min(self._budget.usual, most)
        readable = round(speed.prompt * self._preferences.get().patience) - pending
        return max(min(readable, most), min(self._budget.least, most))

    def bare(self, turns: Sequence[Turn]) -> BareLoop:
        """The runtime without the application, over the weights that are open; close it first."""
        return self._engines.open_bare(self.chat()[0], turns)


def _mixed(known: float, measured: float) -> float:
    return measured if not known else known * (1 - _NEW) + measured * _NEW
