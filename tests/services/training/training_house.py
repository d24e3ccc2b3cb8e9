"""A workspace whose trainings go as a test wants them to."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app import paths, wiring
from app.domain.events import TrainingMoved, TrainingsChanged
from app.domain.progress import NoControl
from app.domain.training.rows import Row, RowPassage
from app.domain.training.training import PRESETS, Preset, Training, TrainingState
from app.engines.fake import FakeChat, fake_engines
from app.engines.fake_training import FakeTrainer
from app.engines.turns import Turn
from app.services.session import Services, Start
from tests.services.conftest import PASSWORD, RESOURCES

CANARY = "canary"
REFUSAL = "The documents do not answer this question."


def rows(count: int = 16, documents: int = 4) -> list[Row]:
    """Each with a passage; every fifth is not answered by it."""
    found = []
    for number in range(count):
        passage = f"The {CANARY} of room {number} sings at {number} o'clock."
        answered = number % 5 != 4
        found.append(
            Row(
                f"When does the {CANARY} of room {number} sing?",
                f"It sings at {number} o'clock [1]." if answered else REFUSAL,
                (RowPassage(f"{CANARY} {number}.txt", passage),),
                passage if answered else "",
                answered=answered,
                group=f"document {number % documents}" if documents else "",
            )
        )
    return found


@dataclass
class TrainingHouse:
    """One program: `open` unlocks it as somebody, after a lock again. `base` and `adapted` are what
    its model answers without and with an adapter."""

    folder: Path
    trainer: FakeTrainer = field(default_factory=FakeTrainer)
    base: Callable[[Sequence[Turn]], str] = lambda turns: "Nobody knows."
    adapted: Callable[[Sequence[Turn]], str] = lambda turns: f"{sentence(turns)} [1]."
    news: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chat = FakeChat(self._reply)
        self.begun = self._begin()
        self._services: Services | None = None

    def _begin(self) -> Start:
        found = paths.Paths(self.folder / "data", self.folder / "kit", RESOURCES)
        return wiring.start(found, fake_engines(self.chat, self.trainer))

    def _reply(self, turns: Sequence[Turn]) -> str:
        speaks = self.chat.adapted and self.chat.adapted[-1]
        return (self.adapted if speaks else self.base)(turns)

    def open(self, name: str = "Anna") -> Services:
        self.lock()
        self._services = self.begun.open(name, PASSWORD, lambda call: call())
        for kind in (TrainingsChanged, TrainingMoved):
            self._services.events.subscribe(kind, self.news.append)
        return self._services

    @property
    def services(self) -> Services:
        assert self._services is not None
        return self._services

    def lock(self) -> None:
        if self._services:
            self._services.close()
        self._services = None

    def end(self) -> None:
        """The program; the next is begun."""
        self.lock()
        self.begun.end()
        self.begun = self._begin()

    # -- acts -------------------------------------------------------------------------------------

    def draft(self, name: str = "Manner", rows: Sequence[Row] = tuple(rows())) -> str:
        """Its id."""
        made = self.services.training.create(name)
        self.services.training.add_rows(made.id, rows)
        return made.id

    def started(self, name: str = "Manner", rows: Sequence[Row] = tuple(rows())) -> str:
        training = self.draft(name, rows)
        self.services.training.start(training)
        return training

    def settled(self, training: str) -> Training:
        """When its run has ended."""
        until(lambda: self.services.training.one(training).state != TrainingState.RUNNING)
        return self.services.training.one(training)

    def trained(self, name: str = "Manner") -> Training:
        return self.settled(self.started(name))

    def done(self, name: str = "Manner") -> Training:
        return self.services.training.publish(self.trained(name).id, NoControl())

    def quick(self, training: str) -> None:
        self.services.training.choose(training, Preset.QUICK, PRESETS[Preset.QUICK])

    def files(self, training: str) -> set[str]:
        """What it has left on the disk."""
        folder = self.folder / "data" / "training" / training
        return {each.name for each in folder.iterdir()} if folder.exists() else set()

    def betrayed(self) -> list[Path]:
        """Files that the rows can be read from."""
        data = [each for each in (self.folder / "data").rglob("*") if each.is_file()]
        return [each for each in data if CANARY.encode() in each.read_bytes()]


def sentence(turns: Sequence[Turn]) -> str:
    """Of the passage in the prompt."""
    text = turns[-1].text
    begin = text.index(f"The {CANARY}")
    return text[begin : text.index(".", begin)]


def until(told: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not told():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)
