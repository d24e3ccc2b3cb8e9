"""`larets bench generate`: our streaming path beside a bare llama.cpp loop, and how fast it stops.

Everything runs on the inference worker, as an answer in the window does."""

import statistics
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.bench.workspace import scratch
from app.domain.chat.conversation import AnswerPiece, PromptRead
from app.domain.settings import Sampling
from app.engines.base import Generated
from app.engines.turns import Turn, TurnKind
from app.services.jobs import Job, Worker, only_logged
from app.services.models.inference import Inference
from app.services.session import Begin

R = TypeVar("R")
_SYSTEM = Turn(TurnKind.SYSTEM, "You are a careful storyteller.")
_QUESTION = Turn(
    TurnKind.USER,
    "Tell a long story about a lighthouse, its keeper and the sea. Take your time. " * 24,
)
_FOLLOW_UP = Turn(TurnKind.USER, "Go on with the story.")
_ROUNDS, _FIRSTS = 15, 3


@dataclass(frozen=True, slots=True)
class MemoryCheck:
    """Bytes: what llama.cpp says that the model takes, and by how much the process grew."""

    reported: int
    resident: int


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """Medians over the rounds; tokens a second, and milliseconds."""

    ours: float
    bare: float
    ratio: float
    cold_ms: float
    follow_up_ms: float
    stop_ms_p50: float
    stop_ms_p95: float
    memory: MemoryCheck


@dataclass(frozen=True, slots=True)
class _Answer:
    generated: Generated
    first_ms: float


class GenerationBench:
    def __init__(self, inference: Inference, answers: Worker) -> None:
        self._inference = inference
        self._answers = answers

    def measure(self, tokens: int, stops: int, note: Callable[[str], None]) -> SpeedReport:
        """Rounds of `tokens` by ours and bare in turn, so that other work weighs on both alike;
        then `stops` tries to stop. `NoChatModel`, `DamagedModel`."""
        note("memory")
        memory = self._memory()
        note("first tokens")
        firsts = [self._firsts(place) for place in range(_FIRSTS)]
        rounds = self._rounds(tokens, note)
        note(f"{stops} stops")
        stopped = sorted(self._stop(place) for place in range(stops))
        return SpeedReport(
            ours=statistics.median(ours for ours, _ in rounds),
            bare=statistics.median(bare for _, bare in rounds),
            ratio=statistics.median(ours / bare for ours, bare in rounds),
            cold_ms=statistics.median(cold for cold, _ in firsts),
            follow_up_ms=statistics.median(warm for _, warm in firsts),
            stop_ms_p50=statistics.median(stopped),
            stop_ms_p95=stopped[int(len(stopped) * 0.95)],
            memory=memory,
        )

    def _memory(self) -> MemoryCheck:
        """Before and after a first answer, so that every page has been touched."""
        import psutil

        def work(job: Job) -> MemoryCheck:
            self._inference.unload()
            process = psutil.Process()
            before = process.memory_info().rss
            model, _ = self._inference.chat()
            model.stream([_SYSTEM, _QUESTION], Sampling(max_tokens=8), job)
            return MemoryCheck(model.memory.total, process.memory_info().rss - before)

        return self._result(work)

    def _firsts(self, place: int) -> tuple[float, float]:
        """Milliseconds to the first token, cold and of a follow-up."""
        # Another beginning each time, so that the prompt has to be read.
        turns = [Turn(TurnKind.SYSTEM, f"Story {place}. {_SYSTEM.text}"), _QUESTION]
        cold = self._answer(turns, 32)
        spoken = Turn(TurnKind.ASSISTANT, cold.generated.text)
        return cold.first_ms, self._answer([*turns, spoken, _FOLLOW_UP], 8).first_ms

    def _rounds(self, tokens: int, note: Callable[[str], None]) -> list[tuple[float, float]]:
        """Tokens a second of ours and of bare. Short and many: on a shared machine the same loop
        differs by a tenth from one run to the next."""
        turns = [_SYSTEM, _QUESTION]
        self._answer(turns, 8)
        bare = self._result(lambda _: self._inference.bare(turns))
        rounds = []
        try:
            for place in range(_ROUNDS):
                note(f"round {place + 1} of {_ROUNDS}")
                ours = self._answer(turns, tokens)
                count = max(ours.generated.generated_tokens, 8)
                theirs = self._result(lambda _, count=count: bare.run(count))  # type: ignore[misc]
                rounds.append((ours.generated.speed, theirs))
        finally:
            self._result(lambda _: bare.close())
        return rounds

    def _answer(self, turns: Sequence[Turn], tokens: int) -> _Answer:
        firsts: list[float] = []

        def progress(value: object) -> None:
            if isinstance(value, AnswerPiece) and not firsts:
                firsts.append(time.perf_counter())

        def work(job: Job) -> _Answer:
            model, _ = self._inference.chat()
            began = time.perf_counter()
            # Likeliest and without penalties, as the bare loop is.
            sampling = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=tokens)
            generated = model.stream(turns, sampling, job)
            first = firsts[0] if firsts else time.perf_counter()
            return _Answer(generated, (first - began) * 1000)

        return self._result(work, progress)

    def _stop(self, place: int) -> float:
        """Milliseconds from the wish to silence; even tries while reading, odd while writing."""
        reached, done = threading.Event(), threading.Event()
        waited: type[object] = AnswerPiece if place % 2 else PromptRead
        # Another beginning each time, so that the prompt has to be read and cannot be reused.
        turns = [Turn(TurnKind.SYSTEM, f"Story {place}."), _QUESTION]
        ended: list[float] = []

        def progress(value: object) -> None:
            if isinstance(value, waited):
                reached.set()

        def work(job: Job) -> None:
            try:
                self._inference.chat()[0].stream(turns, Sampling(), job)
            finally:
                ended.append(time.perf_counter())
                done.set()

        job = self._answers.run(work, on_progress=progress, on_error=only_logged)
        reached.wait(600)
        time.sleep(0.02 + 0.005 * (place % 9))  # somewhere inside a decode call
        asked = time.perf_counter()
        job.cancel()
        done.wait(60)
        return max(ended[0] - asked, 0.0) * 1000

    def _result(
        self, work: Callable[[Job], R], progress: Callable[[object], None] = lambda _: None
    ) -> R:
        """Run on the inference worker and wait for it."""
        done = threading.Event()
        results: list[R] = []
        failures: list[BaseException] = []

        def succeeded(result: R) -> None:
            results.append(result)
            done.set()

        def failed(error: BaseException) -> None:
            failures.append(error)
            done.set()

        self._answers.run(work, on_progress=progress, on_done=succeeded, on_error=failed)
        done.wait()
        if failures:
            raise failures[0]
        return results[0]


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """Measure in a scratch workspace, with the model that is used by default or `--model`."""
    with scratch(begin) as services:
        if arguments.model:
            services.models.use(arguments.model)
        speed = GenerationBench(services.inference, services.answers)
        report = speed.measure(arguments.tokens, arguments.stops, note)
    return {
        "app_tokens_per_second": round(report.ours, 2),
        "bare_tokens_per_second": round(report.bare, 2),
        "ratio": round(report.ratio, 4),
        "first_token_ms": {
            "cold": round(report.cold_ms, 1),
            "follow_up": round(report.follow_up_ms, 1),
        },
        "stop_ms": {"p50": round(report.stop_ms_p50, 2), "p95": round(report.stop_ms_p95, 2)},
        "peak_memory": _peak_memory(),
        "memory": {
            "reported": report.memory.reported,
            "resident": report.memory.resident,
            "ratio": round(report.memory.resident / max(report.memory.reported, 1), 4),
        },
    }


def _peak_memory() -> int:
    """Bytes that were resident at most."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
