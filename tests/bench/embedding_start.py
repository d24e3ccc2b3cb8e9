"""What opening the embedding model costs the process that does it.

`python -m tests.bench.embedding_start`: JSON with the seconds from opening to the first vector of a
question, the longest gap of a thread that ticks every 5 ms meanwhile (what a window would miss),
the bytes that this process holds then, and the median seconds of another question's vector.
"""

import json
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from app import offline, paths
from app.domain.models.model import Calibration
from app.wiring.engines import real_engines

_TICK = 0.005
_QUESTIONS = 100


@contextmanager
def _ticking() -> Iterator[list[float]]:
    """The gaps between ticks, s."""
    gaps: list[float] = []
    ended = threading.Event()

    def tick() -> None:
        last = time.perf_counter()
        while not ended.is_set():
            time.sleep(_TICK)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        yield gaps
    finally:
        ended.set()
        thread.join()


def main() -> None:
    offline.enforce()
    folder = paths.find().kit / "multilingual-e5-small"
    engines = real_engines()
    with _ticking() as gaps:
        began = time.perf_counter()
        embedder = engines.open_embedder(str(folder), Calibration())
        embedder.embed_queries(["Where is the canteen?"])
        first = time.perf_counter() - began
    held = psutil.Process().memory_info().rss
    seconds = []
    for number in range(_QUESTIONS):
        began = time.perf_counter()
        embedder.embed_queries([f"How many days of leave are there in year {number}?"])
        seconds.append(time.perf_counter() - began)
    found = {
        "first_vector": round(first, 3),
        "longest_gap": round(max(gaps), 4),
        "held": held,
        "vector": round(statistics.median(seconds), 5),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
