"""python -m tests.bench.remembering: what a user waits for because of summaries.

The greeting at log-in, in a profile with many summaries; and leaving while the starter model writes
one, at several moments of it. Real database and model, a scratch workspace; one JSON object.

    python -m tests.bench.remembering [--summaries N] [--exits N]
"""

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from app import paths, wiring
from app.domain.memory.summaries import Digest, Point, PointKind, Summary
from app.domain.roles import Role
from app.services.jobs import JobState, only_logged
from app.services.session import Services, Start
from tests.bench.injection import STARTER
from tests.bench.summaries import imported, talks

_PASSWORD = "bench password"
_TRIES = 20


def _opened(begun: Start) -> Services:
    return begun.open("bench", _PASSWORD, lambda call: call())


def _many(services: Services, count: int) -> None:
    """Summaries of the usual size."""
    points = tuple(
        Point(PointKind.FACT, f"The {place}. thing that was found in the documents is {place}.", 1)
        for place in range(12)
    )
    for number in range(count):
        digest = Digest(f"Talk {number}", points, ("Who signs the order?",))
        services.summaries._store.keep(
            Summary(f"s{number}", "c", 1.7e9 + number, 1.7e9, digest, covered=1)
        )


def _greetings(services: Services) -> list[float]:
    taken = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        services.summaries.greeting()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _recalls(services: Services) -> list[float]:
    """Of the questions of a conversation; the first one also makes the vectors."""
    finder = services.chat._finder
    taken = []
    for number in range(_TRIES):
        began = time.perf_counter()
        finder._recall.near(f"What is the {number}. thing that was found?")
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _exit(begun: Start, conversation: str, after: float) -> tuple[float, bool]:
    """Seconds that leaving took `after` seconds into a summary, and whether it still waits."""
    services = _opened(begun)
    services.models.use(STARTER)
    services.answers.run(lambda job: services.inference.chat(job), on_error=only_logged)
    began = threading.Event()

    def write(job: object) -> None:
        began.set()
        services.summaries.write(conversation, job)  # type: ignore[arg-type]

    running = services.answers.run(write, on_error=only_logged)
    began.wait(120)
    time.sleep(after)
    still = running.state == JobState.RUNNING
    left = time.perf_counter()
    services.close()
    seconds = time.perf_counter() - left
    services = _opened(begun)
    waits = conversation in services.summaries.waiting()
    services.close()
    return seconds, still and waits


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--summaries", type=int, default=2000)
    parser.add_argument("--exits", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        found = paths.find()
        begun = wiring.start(paths.Paths(Path(scratch), found.kit, found.resources))
        begun.profiles.create("bench", _PASSWORD, Role.ADMINISTRATOR)
        services = _opened(begun)
        _many(services, arguments.summaries)
        greetings, recalls = _greetings(services), _recalls(services)
        talk = next(talks(arguments.data))
        conversation = imported(services, talk, Path(scratch))
        services.close()
        exits = [_exit(begun, conversation, 0.5 + 3 * place) for place in range(arguments.exits)]
        begun.end()
    told = {
        "summaries": arguments.summaries,
        "greeting_ms": {
            "p50": round(statistics.median(greetings), 1),
            "most": round(max(greetings), 1),
        },
        "recall_ms": {
            "first": round(recalls[0], 1),
            "p50": round(statistics.median(recalls[1:]), 1),
        },
        "exit_seconds": [round(seconds, 3) for seconds, _ in exits],
        "interrupted_and_waiting": [waits for _, waits in exits],
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
