"""Roles × collections × acts, asked of the server itself: what rights say, no more and no less."""

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import text

from app.domain.errors import DepartmentDenied, NoDepartment, OtherKey
from app.store.department.queue import WorkQueue
from app.store.department.sending import Sending
from app.store.department.server import Server
from tests.store.department.conftest import Department, document, unit

_REFUSED = r"row-level security|no such document|denied"
_HELD = text("SELECT id FROM larets.passages WHERE collection = :c")
Fill = Callable[[str, str, int], str]
_READ = (
    "SELECT count(*) FROM larets.documents WHERE collection = :c",
    "SELECT count(*) FROM larets.passages WHERE collection = :c",
    "SELECT count(*) FROM larets.originals WHERE collection = :c",
    "SELECT count(*) FROM larets.collections WHERE id = :c",
)


def _count(server: Server, query: str, collection: str) -> int:
    with server.transaction() as connection:
        return int(connection.execute(text(query), {"c": collection}).scalar_one())


def _may(act: Callable[[], object]) -> bool:
    try:
        return act() not in (0, None)
    except DepartmentDenied:
        return False


@pytest.mark.parametrize(
    ("right", "reads", "adds", "manages"),
    [("none", False, False, False), ("read", True, False, False),
     ("add", True, True, False), ("manage", True, True, True)],
)  # fmt: skip
def test_the_matrix_of_rights_and_acts(
    department: Department, filled: Fill, right: str, reads: bool, adds: bool, manages: bool
) -> None:
    rules = filled("Anna", "rules", 20)
    filled("Anna", "salaries", 20)
    boris, anna = department.member("Boris"), department.member("Anna")
    department.member("Vera")
    if right != "none":
        department.share(rules, "Anna", "Boris", adds=adds, manages=manages)
    for query in _READ:
        assert bool(_count(boris.server, query, rules)) is reads, query
        assert _count(boris.server, query, "salaries") == 0, query
    library = anna.library(rules)
    some = library.documents()[0].id
    theirs = Sending(type(library)(boris.server, library.collection, anna.people.key(rules)))
    new = document("new.txt", ["new"], unit(1, 5))

    def words() -> int:
        sql = "SELECT 1 + count(*) FROM larets.by_words(:c, 'a', '{}', '{}', 1, 5, NULL)"
        return _count(boris.server, sql, rules)

    assert _may(words) is reads
    assert _may(lambda: theirs.put(new)) is adds
    with boris.server.transaction() as connection:
        changed = connection.execute(
            text("UPDATE larets.documents SET state = 'failed' WHERE id = :id"), {"id": some}
        ).rowcount
        assert bool(changed) is adds
        removed = connection.execute(
            text("DELETE FROM larets.documents WHERE id = :id"), {"id": some}
        ).rowcount
        assert bool(removed) is adds
    vera = department.member("Vera").people.oneself()
    key = anna.people.key(rules)

    def give() -> int:
        boris.people.give(rules, key, vera, adds=False)
        return 1

    def drop() -> int:
        boris.people.drop(rules)
        return 1

    assert _may(give) is manages
    assert _may(drop) is manages


def test_what_is_in_a_partition_is_out_of_reach_but_through_the_rights(
    department: Department, filled: Fill
) -> None:
    rules = filled("Anna", "rules", 10)
    boris = department.member("Boris")
    department.share(rules, "Anna", "Boris")
    for table in ("larets.passages_1", "larets.workers"):
        with pytest.raises(DepartmentDenied), boris.server.transaction() as connection:
            connection.execute(text(f"SELECT * FROM {table}"))
    for statement in (
        "UPDATE larets.people SET administrator = true",
        "UPDATE larets.people SET public_key = 'mine'",
        "UPDATE larets.documents SET collection = 'other'",
        "UPDATE larets.documents SET adder = 'larets_anna'",
        "DELETE FROM larets.journal",
        "UPDATE larets.journal SET act = 'nothing'",
        "INSERT INTO larets.people (role, name, public_key, signing_key, administrator) "
        "VALUES ('x', 'x', 'x', 'x', true)",
        "TRUNCATE larets.passages",
        "SET ROLE larets_owner",
    ):
        with pytest.raises(DepartmentDenied), boris.server.transaction() as connection:
            connection.execute(text(statement))


def test_nobody_puts_passages_into_a_document_of_another_collection(
    department: Department, filled: Fill
) -> None:
    salaries = filled("Anna", "salaries", 10)
    own = filled("Boris", "own", 10)
    victim = department.member("Anna").library(salaries).documents()[0].id
    boris = department.member("Boris").server
    for collection in (salaries, own):
        with pytest.raises(Exception, match=_REFUSED) as told, \
                boris.transaction() as connection:  # fmt: skip
            connection.execute(
                text(
                    "INSERT INTO larets.passages (collection, document, ordinal, sealed) "
                    "VALUES (:c, :d, 99, 'x')"
                ),
                {"c": collection, "d": victim},
            )
        assert told.value is not None
    assert department.member("Anna").library(salaries).counts() == (1, 10)


def test_a_search_under_every_role_returns_what_the_rights_say(
    department: Department, filled: Fill
) -> None:
    """Against an exact search over what this role may read: none lost, none leaked."""
    collections = [filled("Anna", f"collection{number}", 200) for number in range(5)]
    people = {
        "all": collections, "two": collections[1:3], "one": collections[4:], "none": [],
    }  # fmt: skip
    for name, granted in people.items():
        department.member(name)
        for collection in granted:
            department.share(collection, "Anna", name)
    exact = text(
        "SELECT id FROM larets.passages WHERE collection = :c "
        "ORDER BY (vector <=> CAST(:q AS halfvec)) + 0, id LIMIT 10"
    )
    lost = leaked = searches = 0
    for name, granted in people.items():
        member = department.member(name)
        opened = {each.id: member.index(each.id) for each in member.people.collections()}
        assert sorted(opened) == sorted(granted)
        for number, query in enumerate(unit(50, 99)):
            collection = collections[number % len(collections)]
            if collection not in opened:
                strange = department.member("Anna").library(collection)
                index = type(department.member("Anna").index(collection))(
                    type(strange)(member.server, strange.collection, b"k" * 32)
                )
                leaked += len(index.nearest_of(query, 10))
                continue
            searches += 1
            found = {hit.passage for hit in opened[collection].nearest_of(query, 10)}
            written = "[" + ",".join(map(str, query.tolist())) + "]"
            with department.owner.transaction() as connection:
                rows = connection.execute(exact, {"c": collection, "q": written})
                wanted = {int(row[0]) for row in rows}
                held = connection.execute(_HELD, {"c": collection}).scalars()
                leaked += len(found - set(held))
            lost += len(wanted) - len(found)
    assert (lost, leaked) == (0, 0)
    assert searches == 50 + 20 + 10


def test_chosen_documents_lose_no_passage(department: Department, filled: Fill) -> None:
    """Under a filter a plain scan of the graph ends early, in silence."""
    rules = filled("Anna", "rules", 3000)
    index, library = (
        department.member("Anna").index(rules),
        department.member("Anna").library(rules),
    )
    chosen = [each.id for each in library.documents()][:3]
    for query in unit(20, 7):
        found = index.nearest_of(query, 10, chosen)
        assert len(found) == 10
        held = library.documents_of([hit.passage for hit in found])
        assert set(held.values()) <= set(chosen)
        scores = [hit.score for hit in found]
        assert scores == sorted(scores, reverse=True)
        everything = index.cosines(
            query, [p.id for each in chosen for p in library.passages_of(each)]
        )
        assert np.allclose(sorted(everything.values(), reverse=True)[:10], scores, atol=1e-3)


def test_a_removed_right_takes_effect_at_once(department: Department, filled: Fill) -> None:
    rules = filled("Anna", "rules", 10)
    department.share(rules, "Anna", "Boris", adds=True)
    boris = department.member("Boris")
    library = boris.library(rules)
    assert library.counts() == (1, 10)
    department.member("Anna").people.take(rules, boris.people.oneself().role)
    assert library.counts() == (0, 0)
    assert library.documents() == []
    with pytest.raises(NoDepartment):
        boris.people.key(rules)


def test_a_grant_that_no_member_signed_opens_nothing(department: Department, filled: Fill) -> None:
    """The server's owner hands somebody a collection whose key he knows."""
    rules = filled("Anna", "rules", 10)
    department.share(rules, "Anna", "Boris")
    with department.owner.transaction() as connection:
        connection.execute(
            text("UPDATE larets.grants SET adds = true WHERE role = :role"),
            {"role": department.member("Boris").people.oneself().role},
        )
    with pytest.raises(OtherKey):
        department.member("Boris").people.key(rules)


def test_acts_stand_in_the_journal(department: Department, filled: Fill) -> None:
    rules = filled("Anna", "rules", 10)
    department.share(rules, "Anna", "Boris")
    anna, boris = department.member("Anna"), department.member("Boris")
    anna.library(rules).remove([anna.library(rules).documents()[0].id])
    query = text("SELECT act, role FROM larets.journal ORDER BY number")
    with anna.server.transaction() as connection:
        acts = [row[0] for row in connection.execute(query)]
    assert acts == ["join", "share", "create-collection", "share", "remove-documents"]
    with boris.server.transaction() as connection:
        assert [row[0] for row in connection.execute(query)] == ["join"]


def test_a_department_of_a_thousand_files_of_one_lets_others_through(
    department: Department, filled: Fill
) -> None:
    from app.store.department.shared_rows import DocumentFacts

    rules = filled("Anna", "rules", 10)
    department.share(rules, "Anna", "Boris", adds=True)
    for name, count in (("Anna", 200), ("Boris", 1)):
        sending = department.member(name).sending(rules)
        for number in range(count):
            told = DocumentFacts(f"{number}.txt", f"/{number}", f"{name} {number}", 0)
            assert sending.queue(told, b"text")
    boris = department.member("Boris")
    his = {each.id for each in boris.library(rules).documents() if each.path == "/0"}
    with WorkQueue(department.member("Anna").server).worker() as line:
        claimed = 0
        while his:
            found = line.claim(MODEL_OF_TESTS, 1)
            claimed += len(found)
            his -= {each.id for each in found if each.id in his}
            if claimed > 60:  # by lot between two people: 2^-60 otherwise
                break
    assert claimed <= 60


MODEL_OF_TESTS = "model of the tests"
