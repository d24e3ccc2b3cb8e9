"""Workers and the server of a department, killed again and again: nothing confirmed is lost, and
nothing is there twice.

The long way: `LARETS_KILLS=100 LARETS_SERVER_KILLS=20 pytest tests/faults/test_department.py`.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app import paths
from app.domain.department import ServerAddress
from app.domain.errors import DepartmentError
from app.store.department.founding import Founding
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People, make_role
from app.store.department.queue import ATTEMPTS
from app.store.department.sending import Sending
from app.store.department.server import Server
from app.store.department.shared_rows import DocumentFacts
from tests import department_server
from tests.department_server import DepartmentServer
from tests.faults.department_worker import DIMENSIONS, MODEL, PASSAGES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS = int(os.environ.get("LARETS_KILLS", "6"))
SERVER_KILLS = int(os.environ.get("LARETS_SERVER_KILLS", "2"))
SECRET = b"s" * 32
WORKERS = 2
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def host() -> Iterator[DepartmentServer]:
    """One of its own, which is killed."""
    if reason := department_server.why_not():
        pytest.skip(reason)
    server = DepartmentServer(fsync="on")
    server.start()
    yield server
    server.close()


def _queued(library: DepartmentLibrary, names: list[str]) -> dict[str, str]:
    """What the server confirmed, by id."""
    sending, confirmed = Sending(library), {}
    for name in names:
        facts = DocumentFacts(name, f"/{name}", f"digest of {name}", 0)
        while True:
            try:
                made = sending.queue(facts, name.encode())
            except DepartmentError:
                time.sleep(0.1)
                continue
            if made:
                confirmed[made] = name
            break
    return confirmed


def test_nothing_confirmed_is_lost_and_nothing_is_there_twice(host: DepartmentServer) -> None:
    database = host.new_database()
    owner = Server(ServerAddress.of(host.url(database)))
    Founding(owner, paths.find().resources / "department").found()
    made = make_role(owner, "Anna")
    owner.close()
    url = host.url(database, made.role)
    server = Server(ServerAddress.of(url))
    people = People(server, SECRET)
    people.enter("Anna")
    key = people.create("c", "Rules", MODEL, DIMENSIONS, words=True)
    library = DepartmentLibrary(server, people.collections()[0], key)
    total = 40 * (KILLS + SERVER_KILLS)
    confirmed = _queued(library, [f"{number}.txt" for number in range(total)])
    assert len(confirmed) == total
    chance = random.Random(1)
    workers = [_started(url) for _ in range(WORKERS)]
    faults = ["worker"] * KILLS + ["server"] * SERVER_KILLS
    chance.shuffle(faults)
    for fault in faults:
        time.sleep(chance.uniform(0.1, 0.6))
        if fault == "server":
            host.stop(hard=True)
            time.sleep(0.2)
            host.start()
        else:
            place = chance.randrange(WORKERS)
            workers[place].kill()
            workers[place].wait()
            workers[place] = _started(url)
    for worker in workers:
        assert worker.wait(300) == 0
    with server.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT d.id, d.state, d.passages, d.attempts, "
                "(SELECT count(*) FROM larets.passages p WHERE p.document = d.id) AS held, "
                "(SELECT count(DISTINCT ordinal) FROM larets.passages p WHERE p.document = d.id) "
                "AS ordinals FROM larets.documents d"
            )
        ).all()
    assert {str(row.id) for row in rows} == confirmed.keys()
    given_up = [row for row in rows if row.state == "failed"]
    assert all(row.attempts >= ATTEMPTS and row.held == 0 for row in given_up)
    read = [row for row in rows if row.state == "indexed"]
    assert len(read) + len(given_up) == total
    assert {(row.passages, row.held, row.ordinals) for row in read} == {(PASSAGES,) * 3}
    assert len(given_up) <= len(faults)  # three workers died over it, one after the other
    for document in library.documents():
        assert library.original(document.id) == document.name.encode()
    server.close()


def _started(url: str) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "tests.faults.department_worker", url, SECRET.hex()]
    return subprocess.Popen(words, cwd=ROOT)
