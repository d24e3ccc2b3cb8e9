"""A founded department with people of every right, on the real server."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from app import paths
from app.domain.department import ServerAddress, SharedCollection
from app.domain.library.documents import Locator, Passage
from app.store.department.founding import Founding
from app.store.department.index import DepartmentIndex
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People, make_administrator, make_role
from app.store.department.sending import Sending, WholeDocument
from app.store.department.server import Server
from app.store.department.shared_rows import DocumentFacts
from app.store.index.vector_graph import Floats
from tests.department_server import DepartmentServer

STEPS = paths.find().resources / "department"
DIMENSIONS = 16
MODEL = "model of the tests"


@dataclass
class Member:
    """Somebody who joined, with what he opens the server by."""

    server: Server
    people: People

    def shared(self, collection: str) -> SharedCollection:
        return next(each for each in self.people.collections() if each.id == collection)

    def library(self, collection: str) -> DepartmentLibrary:
        key = self.people.key(collection)
        return DepartmentLibrary(self.server, self.shared(collection), key)

    def index(self, collection: str) -> DepartmentIndex:
        return DepartmentIndex(self.library(collection))

    def sending(self, collection: str) -> Sending:
        return Sending(self.library(collection))


@dataclass
class Department:
    """`host` is the server itself; `owner` its superuser, who belongs to nobody's collection."""

    host: DepartmentServer
    database: str
    owner: Server
    members: dict[str, Member] = field(default_factory=dict)

    def connect(self, user: str) -> Server:
        return Server(ServerAddress.of(self.host.url(self.database, user)))

    def member(self, name: str, *, administrator: bool = False) -> Member:
        """Who joined under that name; joins now if he has not."""
        if name not in self.members:
            made = make_role(self.owner, name, administrator=administrator)
            server = self.connect(made.role)
            people = People(server, name.encode().ljust(32, b"."))
            people.enter(name)
            if administrator:
                make_administrator(self.owner, made.role)
            self.members[name] = Member(server, people)
        return self.members[name]

    def share(
        self, collection: str, giver: str, to: str, *, adds: bool = False, manages: bool = False
    ) -> None:
        people = self.member(giver).people
        person = self.member(to).people.oneself()
        key = people.key(collection)
        people.give(collection, key, person, adds=adds, manages=manages)

    def close(self) -> None:
        for member in self.members.values():
            member.server.close()
        self.owner.close()


@pytest.fixture
def department(postgres: DepartmentServer) -> Iterator[Department]:
    database = postgres.new_database()
    owner = Server(ServerAddress.of(postgres.url(database)))
    Founding(owner, STEPS).found()
    made = Department(postgres, database, owner)
    yield made
    made.close()


def unit(rows: int, seed: int) -> Floats:
    """Unit vectors by chance, shape (rows, DIMENSIONS)."""
    found: Floats = np.random.default_rng(seed).normal(size=(rows, DIMENSIONS)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def document(
    name: str, texts: Sequence[str], vectors: Floats, original: bytes = b"original"
) -> WholeDocument:
    pieces = [Passage(text, name, Locator(0, len(text))) for text in texts]
    halves = [row.astype(np.float16).tobytes() for row in vectors]
    facts = DocumentFacts(name, f"/files/{name}", f"digest of {name}", 0, title=name)
    return WholeDocument(facts, len(original), pieces, halves, original)


@pytest.fixture
def filled(department: Department) -> Callable[[str, str, int], str]:
    """Makes a collection of somebody's with so many passages, ten a document; its id."""

    def fill(owner: str, collection: str, passages: int) -> str:
        member = department.member(owner)
        member.people.create(collection, collection, MODEL, DIMENSIONS, words=True)
        sending, vectors = member.sending(collection), unit(passages, len(collection))
        for first in range(0, passages, 10):
            texts = [f"{collection} clause {n} of the rules" for n in range(first, first + 10)]
            name = f"{collection}-{first}.txt"
            assert sending.put(document(name, texts, vectors[first : first + 10]))
        return collection

    return fill
