"""People of a department at work for an hour: python -m tests.soak_department --minutes 60.

Each searches every other second, and now and then reads a document, adds one or removes his own, on
a real server with five collections. Told in the end: what was asked, what failed, how long it took,
how much memory the server's processes and this one hold, minute by minute. It fails where anything
failed, where a right was not kept, or where memory grew after the first tenth by more than a
twentieth.
"""

import argparse
import json
import random
import statistics
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import psutil

from app.domain.department import ServerAddress
from app.store.department.founding import Founding
from app.store.department.server import Server
from tests.department_server import DepartmentServer
from tests.store.department.conftest import (
    DIMENSIONS,
    MODEL,
    STEPS,
    Department,
    Member,
    document,
    unit,
)

COLLECTIONS, PASSAGES = 5, 1000
#: Seconds between two acts of a person, and the share of acts that are no search.
PAUSE, OTHERWISE = 2.0, 0.05
GROWTH = 1.05


@dataclass
class Seen:
    """What the people have done together."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def note(self, act: str, began: float) -> None:
        with self.lock:
            self.acts[act] += 1
            if act == "search":
                self.milliseconds.append((time.perf_counter() - began) * 1000)


def founded(host: DepartmentServer, people: int) -> tuple[Department, dict[str, str]]:
    """A department with full collections; which of them each person may read."""
    database = host.new_database()
    owner = Server(ServerAddress.of(host.url(database)))
    Founding(owner, STEPS).found()
    department = Department(host, database, owner)
    names = [f"collection{number}" for number in range(COLLECTIONS)]
    keeper = department.member("Keeper")
    for number, name in enumerate(names):
        keeper.people.create(name, name, MODEL, DIMENSIONS, words=True)
        vectors = unit(PASSAGES, number)
        for first in range(0, PASSAGES, 10):
            texts = [f"{name} clause {place} of the rules" for place in range(first, first + 10)]
            whole = document(f"{name}-{first}.txt", texts, vectors[first : first + 10])
            assert keeper.sending(name).put(whole)
    reads = {f"person{number}": names[number % COLLECTIONS] for number in range(people)}
    for person, name in reads.items():
        department.member(person)
        department.share(name, "Keeper", person, adds=True)
    return department, reads


def work(
    member: Member, name: str, collection: str, begins: tuple[str, ...], until: float, seen: Seen
) -> None:
    """One person until that moment; `begins` are the first words of all that he may read."""
    chance = random.Random(name)
    index, library = member.index(collection), member.library(collection)
    sending = member.sending(collection)
    own: list[str] = []
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            if chance.random() >= OTHERWISE:
                query = np.array([chance.gauss(0, 1) for _ in range(DIMENSIONS)], np.float32)
                found = index.nearest_of(query / np.linalg.norm(query), 10)
                assert len(found) == 10, f"{len(found)} of 10"
                read = library.passages(each.passage for each in found).values()
                assert all(each.passage.text.startswith(begins) for each in read), (
                    "of another collection"
                )
                seen.note("search", began)
            elif len(own) < 5:
                label = f"{name}-{time.time_ns()}.txt"
                vectors = unit(10, time.time_ns() % 2**32)
                made = sending.put(
                    document(label, [f"{name} note {n}" for n in range(10)], vectors)
                )
                assert made
                own.append(made)
                seen.note("added", began)
            else:
                assert library.remove([own.pop(0)]) == 1
                seen.note("removed", began)
        except Exception as error:  # noqa: BLE001  whatever it was is a failure of the hour
            with seen.lock:
                seen.failures.append(f"{name}: {error!r}")
        time.sleep(max(0.0, PAUSE - (time.perf_counter() - began)) * chance.uniform(0.5, 1.5))


def memory() -> tuple[int, int]:
    """MB of the server's processes, shared pages counted once, and of this one."""
    pages = 0
    for each in psutil.process_iter(["name"]):
        with suppress(psutil.Error):  # it has ended meanwhile
            if each.info["name"] == "postgres":
                pages += each.memory_full_info().pss
    return round(pages / 1e6), round(psutil.Process().memory_info().rss / 1e6)


def soak(minutes: float, people: int) -> dict[str, object]:
    """The whole; everything is gone afterwards."""
    host = DepartmentServer(max_connections="300", shared_buffers="128MB")
    host.start()
    try:
        department, reads = founded(host, people)
        seen, until = Seen(), time.monotonic() + minutes * 60
        threads = [
            threading.Thread(
                target=work,
                args=(department.member(name), name, collection, _texts(collection, reads), until,
                      seen),
            )
            for name, collection in reads.items()
        ]  # fmt: skip
        for thread in threads:
            thread.start()
        held = [memory()]
        while time.monotonic() < until:
            time.sleep(min(60.0, max(0.0, until - time.monotonic())))
            held.append(memory())
        for thread in threads:
            thread.join()
        department.close()
    finally:
        host.close()
    return told(seen, held)


def _texts(collection: str, reads: dict[str, str]) -> tuple[str, ...]:
    """How the texts of a collection begin: the clauses, and the notes of those who add to it."""
    return (collection, *(f"{name} " for name, own in reads.items() if own == collection))


def told(seen: Seen, held: list[tuple[int, int]]) -> dict[str, object]:
    times = sorted(seen.milliseconds)
    return {
        "acts": dict(seen.acts),
        "failures": seen.failures[:20],
        "failed": len(seen.failures),
        "p50_ms": round(statistics.median(times or [0.0]), 1),
        "p95_ms": round((times or [0.0])[int(0.95 * len(times))], 1),
        "server_mb": [server for server, _ in held],
        "people_mb": [here for _, here in held],
        "flat": all(_flat([pair[which] for pair in held]) for which in (0, 1)),
    }


def _flat(held: list[int]) -> bool:
    begun = held[len(held) // 10 + 1 : len(held) // 5 + 2]
    ended = held[-max(1, len(held) // 10) :]
    return statistics.mean(ended) <= GROWTH * statistics.mean(begun)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak_department")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--people", type=int, default=50)
    arguments = parser.parse_args()
    found = soak(arguments.minutes, arguments.people)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0 if found["flat"] and not found["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
