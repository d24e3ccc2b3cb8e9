"""Tables: founded once, renewed under a lock, saved and restored by PostgreSQL's own programs."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.department import ServerAddress
from app.domain.errors import (
    DepartmentDenied,
    DepartmentThere,
    NotADepartment,
    OtherDepartmentVersion,
)
from app.store.department.founding import Founding
from app.store.department.index import DepartmentIndex
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People
from app.store.department.server import Server
from tests.department_server import DepartmentServer
from tests.store.department.conftest import STEPS, Department, unit

Fill = Callable[[str, str, int], str]
#: Of the tables, as this program makes them.
STATE = len(list(STEPS.glob("[0-9]*.sql")))


def test_it_is_founded_once(postgres: DepartmentServer) -> None:
    server = Server(ServerAddress.of(postgres.url(postgres.new_database())))
    founding = Founding(server, STEPS)
    with pytest.raises(NotADepartment):
        founding.check()
    founding.found()
    assert founding.check() == STATE
    with pytest.raises(DepartmentThere):
        founding.found()
    server.close()


def test_two_at_once_found_one(postgres: DepartmentServer) -> None:
    url = postgres.url(postgres.new_database())
    ended: list[str] = []

    def found() -> None:
        server = Server(ServerAddress.of(url))
        try:
            Founding(server, STEPS).found()
            ended.append("founded")
        except DepartmentThere:
            ended.append("there")
        finally:
            server.close()

    threads = [threading.Thread(target=found) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["founded", "there", "there", "there"]


def test_a_step_more_is_taken_by_who_may_and_told_to_others(
    department: Department, tmp_path: Path
) -> None:
    newer = tmp_path / "steps"
    shutil.copytree(STEPS, newer)
    (newer / f"{STATE + 1:04}.sql").write_text("ALTER TABLE larets.about ADD COLUMN told text;")
    member = department.member("Anna").server
    with pytest.raises(OtherDepartmentVersion):
        Founding(member, newer).check()
    with pytest.raises(DepartmentDenied):
        Founding(member, newer).bring_up()
    Founding(department.owner, newer).bring_up()
    assert Founding(member, newer).check() == STATE + 1
    with pytest.raises(OtherDepartmentVersion) as told:
        Founding(member, STEPS).check()
    assert told.value.facts["found"] == str(STATE + 1)


def test_a_dump_restores_rights_texts_and_searches(
    department: Department, filled: Fill, tmp_path: Path
) -> None:
    rules = filled("Anna", "rules", 100)
    department.share(rules, "Anna", "Boris")
    department.member("Vera")
    host, where = department.host, ["-h", str(department.host.socket), "-U", "postgres"]
    dump = host.folder / "own" / "dump"
    host.run("pg_dump", *where, "--format=custom", "--file", str(dump), department.database)
    restored = host.new_database()
    host.run("pg_restore", *where, "--dbname", restored, "--exit-on-error", str(dump))
    query = unit(1, 3)[0]
    for name, may in (("Anna", True), ("Boris", True), ("Vera", False)):
        old = department.member(name)
        role = old.people.oneself().role
        server = Server(ServerAddress.of(host.url(restored, role)))
        people = People(server, name.encode().ljust(32, b"."))
        assert Founding(server, STEPS).check() == STATE
        assert bool(people.collections()) is may
        for shared in people.collections():
            library = DepartmentLibrary(server, shared, people.key(shared.id))
            before = old.index(rules).nearest_of(query, 5)
            assert DepartmentIndex(library).nearest_of(query, 5) == before
            assert library.original(library.documents()[0].id) == b"original"
        server.close()
