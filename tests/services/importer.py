"""Adds a folder to the workspace given as argument, with the real wiring and the real sandbox.

`importer.py WORKSPACE FILES [POINT COUNT]`: kills its whole process group when POINT, an act of the
store, was passed COUNT times. Says "open" before it begins and "done" at the end.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import paths, wiring
from app.domain.progress import Control
from app.engines.base import Vectors
from app.engines.fake import FakeEmbedder, fake_engines
from app.store import keys
from app.store.originals import Originals
from app.store.places import PlaceStore
from app.store.reading_queue import ReadingQueue
from app.store.staging import Staging

PASSWORD = "password of the tests"
#: Points at which a kill has to leave all whole: just after these acts.
POINTS: dict[str, tuple[type, str]] = {
    "kept": (Originals, "keep"),
    "staged": (Staging, "add"),
    "placed": (PlaceStore, "put"),
    "completed": (Staging, "complete"),
    "embedded": (Staging, "put"),
    "finished": (Staging, "finish"),
    "queued": (ReadingQueue, "add"),
    "parsing": (ReadingQueue, "set_state"),
    "settled": (ReadingQueue, "settle"),
    "dropped": (Staging, "drop"),
}


class SlowEmbedder(FakeEmbedder):
    """So that there are moments in which something waits for its vectors."""

    def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors:
        time.sleep(0.001 * len(texts))
        return super().embed_passages(texts, control)


def main(workspace: Path, files: Path, point: str = "", count: str = "1") -> None:
    keys.calibrated = lambda seconds=0.5: keys.KdfParameters()  # type: ignore[assignment]
    if point:
        _kill_at(*POINTS[point], int(count))
    found = paths.Paths(workspace / "data", workspace / "kit", paths.find().resources)
    begun = wiring.start(found, replace(fake_engines(), open_embedder=SlowEmbedder))
    services = begun.open("Anna", PASSWORD, lambda call: call())
    print("open", flush=True)  # noqa: T201  the parent reads it
    services.library.add([files])
    services.close()
    print("done", flush=True)  # noqa: T201


def _kill_at(owner: type, name: str, count: int) -> None:
    act: Callable[..., Any] = getattr(owner, name)
    passed: list[int] = []

    def counted(*arguments: Any, **named: Any) -> Any:
        result = act(*arguments, **named)
        passed.append(1)
        if len(passed) == count:
            os.killpg(0, signal.SIGKILL)
        return result

    setattr(owner, name, counted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
