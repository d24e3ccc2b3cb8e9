"""A worker of a department that reads nothing: `python -m tests.faults.department_worker URL KEY`.

What it was given it finishes with passages made up from the document's name; killed at any moment,
it loses what it had in hand and nothing else.
"""

import sys
import time

import numpy as np

from app.domain.department import ServerAddress
from app.domain.errors import DepartmentError
from app.domain.library.documents import Locator, Passage
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People
from app.store.department.queue import WorkQueue
from app.store.department.sending import Sending, WholeDocument
from app.store.department.server import Server

MODEL, DIMENSIONS, PASSAGES = "model of the tests", 16, 3


def main(url: str, secret: str) -> None:
    address = ServerAddress.of(url)
    while True:
        server = Server(address)
        try:
            work(server, bytes.fromhex(secret))
            return
        except DepartmentError:
            time.sleep(0.2)
        finally:
            server.close()


def work(server: Server, secret: bytes) -> None:
    """Until nothing waits and nothing is at another worker."""
    people = People(server, secret)
    sendings = {
        each.id: Sending(DepartmentLibrary(server, each, people.key(each.id)))
        for each in people.collections()
    }
    queue = WorkQueue(server)
    with queue.worker() as line:
        while True:
            claimed = line.claim(MODEL, 4)
            time.sleep(0.02)  # so that a kill finds something in hand
            with server.transaction() as connection:
                for each in claimed:
                    sending = sendings[each.collection]
                    facts = sending.opened(each.id, each.sealed)
                    texts = [f"{facts.name} part {number}" for number in range(PASSAGES)]
                    pieces = [Passage(text, "", Locator(0, len(text))) for text in texts]
                    vectors = np.random.default_rng().normal(size=(PASSAGES, DIMENSIONS))
                    halves = [row.astype(np.float16).tobytes() for row in vectors]
                    read = WholeDocument(facts, 1, pieces, halves)
                    sending.finish(connection, each.id, line.number, read, "indexed")
            if not claimed:
                line.take_back()
                size = queue.size()
                if not size.waiting and not size.reading:
                    return
                time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:3])
