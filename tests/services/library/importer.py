"""Adds a folder to the workspace given as argument, with the real wiring and the real sandbox.

`importer.py WORKSPACE FILES [POINT COUNT]`: kills its whole process group when POINT, an act of the
store, was passed COUNT times. Says "open" before it begins and "done" at the end. The imports stand
inside: the reading process imports this module too.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

PASSWORD = "password of the tests"
#: Acts just after which a kill has to leave all whole: module, class, method.
POINTS = {
    "kept": ("library.originals", "Originals", "keep"),
    "staged": ("library.staging", "Staging", "add"),
    "placed": ("library.places", "PlaceStore", "put"),
    "completed": ("library.staging", "Staging", "complete"),
    "embedded": ("library.staging", "Staging", "put"),
    "finished": ("library.staging", "Staging", "finish"),
    "queued": ("library.reading_queue", "ReadingQueue", "add"),
    "parsing": ("library.staging", "Staging", "begin"),
    "settled": ("library.reading_queue", "ReadingQueue", "settle"),
}


def main(workspace: Path, files: Path, point: str = "", count: str = "1") -> None:
    from dataclasses import replace

    from app import paths, wiring
    from app.domain.progress import Control
    from app.engines.base import Vectors
    from app.engines.fake import FakeEmbedder, fake_engines
    from app.store import keys

    class SlowEmbedder(FakeEmbedder):
        """So that there are moments in which something waits for its vectors."""

        def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors:
            time.sleep(0.001 * len(texts))
            return super().embed_passages(texts, control)

    keys.calibrated = lambda installed=None: keys.KdfParameters()
    if point:
        _kill_at(*POINTS[point], int(count))
    found = paths.Paths(workspace / "data", workspace / "kit", paths.find().resources)
    begun = wiring.start(found, replace(fake_engines(), open_embedder=SlowEmbedder))
    services = begun.open("Anna", PASSWORD, lambda call: call())
    print("open", flush=True)  # noqa: T201  the parent reads it
    services.library.add([files])
    services.close()
    print("done", flush=True)  # noqa: T201


def _kill_at(module: str, owner: str, name: str, count: int) -> None:
    found = getattr(import_module(f"app.store.{module}"), owner)
    act = getattr(found, name)
    passed: list[int] = []

    def counted(*arguments: Any, **named: Any) -> Any:
        result = act(*arguments, **named)
        passed.append(1)
        if len(passed) == count:
            os.killpg(0, signal.SIGKILL)
        return result

    setattr(found, name, counted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
