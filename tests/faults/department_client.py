"""Somebody at another computer of a department, without sockets of the network in his own process,
as the program: `python -m tests.faults.department_client URL SECRET ACT [N]`.

`found` founds the department and prints the address of its own role; `add` queues N documents;
`work` finishes what waits; `search` searches N times, half a second apart, and prints a line each.
"""

import sys
import time
from dataclasses import replace

import numpy as np

from app import paths, processes
from app.domain.department import ServerAddress
from app.domain.errors import DepartmentError
from app.processes import launcher
from app.store.department.founding import Founding
from app.store.department.index import DepartmentIndex
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People, make_role
from app.store.department.sending import Sending
from app.store.department.server import Server
from app.store.department.shared_rows import DocumentFacts
from app.wiring.department import way_to
from app.wiring.relays import Relays
from tests.faults import department_worker
from tests.faults.department_worker import DIMENSIONS, MODEL

_NAME = "c"


def main(url: str, secret: str, act: str, count: str = "1") -> None:
    address = ServerAddress.of(url)
    relays = Relays()
    server = Server(address, way_to(relays, address))
    try:
        _ACTS[act](server, address, bytes.fromhex(secret), int(count), relays)
    finally:
        server.close()
        relays.close()


def _found(
    server: Server, address: ServerAddress, secret: bytes, count: int, relays: Relays
) -> None:
    Founding(server, paths.find().resources / "department").found()
    made = make_role(server, "Anna")
    own = replace(address, user=made.role, password=made.password)
    working = Server(own, way_to(relays, address))
    people = People(working, secret)
    people.enter("Anna")
    people.create(_NAME, "Rules", MODEL, DIMENSIONS, words=True)
    working.close()
    _say(made.role)


def _library(server: Server, secret: bytes) -> DepartmentLibrary:
    people = People(server, secret)
    return DepartmentLibrary(server, people.collections()[0], people.key(_NAME))


def _add(server: Server, _: ServerAddress, secret: bytes, count: int, relays: Relays) -> None:
    sending = Sending(_library(server, secret))
    for number in range(count):
        name = f"{number}.txt"
        sending.queue(DocumentFacts(name, f"/{name}", f"digest of {name}", 0), name.encode())
    _say(str(count))


def _work(server: Server, _: ServerAddress, secret: bytes, count: int, relays: Relays) -> None:
    department_worker.work(server, secret)
    _say("done")


def _search(server: Server, _: ServerAddress, secret: bytes, count: int, relays: Relays) -> None:
    library = _library(server, secret)
    index = DepartmentIndex(library)
    for number in range(count):
        query = np.random.default_rng(number).normal(size=DIMENSIONS).astype(np.float32)
        began = time.monotonic()
        try:
            found = index.nearest_of(query / np.linalg.norm(query), 5)
            said = f"{len(found)} {len(library.passages([hit.passage for hit in found]))}"
        except DepartmentError as error:
            said = error.code
        _say(f"{said} {time.monotonic() - began:.2f}")
        time.sleep(0.5)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


_ACTS = {"found": _found, "add": _add, "work": _work, "search": _search}

if __name__ == "__main__":
    launcher.start()
    processes.begin()
    main(*sys.argv[1:])
