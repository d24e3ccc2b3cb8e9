"""SQL databases as a source: SQLite files, and a real PostgreSQL server where one is installed."""

import os
import pwd
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import (
    AccessDenied,
    DamagedFile,
    DatabaseRefused,
    DatabaseUnreachable,
    LaretsError,
)
from app.domain.library.databases import DatabaseAddress
from app.domain.library.documents import DocumentState
from tests.services.conftest import House


def folder(house: House) -> Path:
    house.files.mkdir(parents=True, exist_ok=True)
    return house.files


def database(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE parts (id INTEGER PRIMARY KEY, title TEXT, price REAL, photo BLOB);"
            "INSERT INTO parts VALUES (1, 'Гайка М8', 12.5, x'0102'), (2, 'Болт | М8', NULL, NULL);"
            "CREATE TABLE orders (number TEXT, placed DATE);"
            "INSERT INTO orders VALUES ('№ 14', '2026-02-01');"
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT * FROM n;"
        )
    connection.close()
    return path


def test_a_sqlite_file_is_its_tables(house: House) -> None:
    path = database(folder(house) / "shop.sqlite")
    report = house.services.library.add([path])
    found = {each.name: each for each in house.services.library.documents()}
    assert set(found) == {"shop.sqlite", "parts.csv", "orders.csv"}
    assert {each.state for each in found.values()} == {DocumentState.INDEXED}
    assert found["parts.csv"].container == found["shop.sqlite"].id
    assert found["parts.csv"].path == f"{path}/parts.csv"
    assert len(report.documents) == 3
    text = house.services.library.original(found["parts.csv"].id).decode()
    assert text.split("\r\n")[:3] == [
        "id,title,price,photo", "1,Гайка М8,12.5,[2 bytes]", "2,Болт | М8,,",
    ]  # fmt: skip
    best = house.services.retrieval.find("Гайка М8").segments[0]
    assert (best.name, best.best.cells[:1]) == ("parts.csv", "A"), "rows have locators"
    (table,) = house.services.library.tables(found["parts.csv"].id)
    assert len(table.rows) == 2


def test_a_sqlite_file_is_known_by_its_content(house: House) -> None:
    path = database(folder(house) / "shop.dat")
    house.services.library.add([path])
    assert {"parts.csv", "orders.csv"} < {e.name for e in house.services.library.documents()}


def test_a_changed_table_is_read_anew_and_the_others_are_left(house: House) -> None:
    path = database(folder(house) / "shop.sqlite")
    house.services.library.add([path])
    before = {each.name: each for each in house.services.library.documents()}
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO orders VALUES ('№ 15', '2026-03-01')")
    connection.close()
    os.utime(path, (1, 1))
    house.services.library.add([path])
    after = {each.name: each for each in house.services.library.documents()}
    assert after["parts.csv"] == before["parts.csv"]
    assert b"2026-03-01" in house.services.library.original(after["orders.csv"].id)


def test_what_is_no_database_is_refused(house: House) -> None:
    house.file("fake.sqlite", "not a database")
    torn = database(folder(house) / "whole.sqlite").read_bytes()
    house.file("torn.sqlite", torn[:2000])
    report = house.services.library.add([house.files / "fake.sqlite", house.files / "torn.sqlite"])
    assert [each.error for each in report.documents] == ["damaged-file", "damaged-file"]


def test_addresses() -> None:
    found = DatabaseAddress.of("postgresql+pg8000://u:secret@db.local/shop")
    assert found == DatabaseAddress("db.local", 5432, "postgresql://db.local:5432/shop")
    with pytest.raises(DatabaseRefused):
        DatabaseAddress.of("oracle://u@h/x")


def test_only_an_administrator_names_servers(open_house: Callable[..., House]) -> None:
    with pytest.raises(AccessDenied):
        open_house("Egor").services.databases.queue("postgresql+pg8000://u@localhost/shop")


def test_a_server_that_is_not_there(house: House) -> None:
    with pytest.raises(DatabaseUnreachable):
        house.services.databases.queue("postgresql+pg8000://u:p@127.0.0.1:1/shop")


def test_the_child_speaks_to_no_other_server() -> None:
    sandbox = Sandbox(server=("127.0.0.1", 1))
    try:
        with pytest.raises((DatabaseUnreachable, DatabaseRefused)):
            list(sandbox.database("postgresql+pg8000://u:p@127.0.0.1:2/shop", None))
    finally:
        sandbox.close()


def test_a_sandbox_without_a_server_opens_no_socket() -> None:
    sandbox = Sandbox()
    try:
        with pytest.raises(LaretsError):
            list(sandbox.database("postgresql+pg8000://u:p@127.0.0.1:5432/shop", None))
        with pytest.raises(DamagedFile):
            list(sandbox.parts(DocumentSource("a.db", None, b"no database")))
    finally:
        sandbox.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of the test's own; its address."""
    tools = _tools()
    if tools is None:
        pytest.skip("no PostgreSQL server is installed")
    folder = Path("/tmp") / f"larets-pg-{os.getpid()}"
    folder.mkdir(mode=0o700)
    as_user = _unprivileged(folder)
    port = 20_000 + os.getpid() % 20_000  # this process may open no socket to ask for one

    def run(*command: str) -> None:
        done = subprocess.run([*as_user, *command], capture_output=True, text=True, cwd="/tmp")
        if done.returncode:
            pytest.skip(f"PostgreSQL does not start: {done.stderr[-300:]}")

    data = folder / "data"
    secret = folder / "secret"
    secret.write_text("secret")
    secret.chmod(0o644)
    try:
        run(str(tools / "initdb"), "-D", str(data), "-U", "anna", "-A", "password",
            f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
        run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options,
            "start")  # fmt: skip
        script = (
            "CREATE TABLE staff (id int, name text, hired date, pay numeric);"
            "INSERT INTO staff VALUES (1, 'Анна', '2020-01-15', 100.50), (2, 'Boris', null, null);"
            "CREATE TABLE cities (name text); INSERT INTO cities VALUES ('Тверь');"
        )
        address = f"host=127.0.0.1 port={port} user=anna password=secret dbname=postgres"
        run(str(tools / "psql"), address, "-c", script)
        yield f"postgresql+pg8000://anna:secret@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_user, str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
            capture_output=True,
        )
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("initdb")
    return installed[-1] if installed else (Path(found).parent if found else None)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return []
    user = next((each for each in ("postgres", "nobody") if _is_user(each)), None)
    if user is None or not shutil.which("runuser"):
        pytest.skip("PostgreSQL refuses to run as root")
    shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def test_tables_of_a_server(house: House, server: str) -> None:
    house.services.databases.queue(server)
    house.services.library.ingest()
    found = {each.name: each for each in house.services.library.documents()}
    assert set(found) == {"staff.csv", "cities.csv"}
    text = house.services.library.original(found["staff.csv"].id).decode()
    assert text.split("\r\n")[:2] == ["id,name,hired,pay", "1,Анна,2020-01-15,100.50"]
    assert "secret" not in found["staff.csv"].path
    assert house.services.databases.queue(server) == (), "nothing has changed"


def test_a_query_of_the_user(house: House, server: str) -> None:
    query = ("Наняты в 2020", "SELECT name, hired FROM staff WHERE hired < '2021-01-01'")
    house.services.databases.queue(server, query)
    house.services.library.ingest()
    (document,) = house.services.library.documents()
    assert document.name == "Наняты в 2020.csv"
    assert "Анна" in house.services.library.original(document.id).decode()
    house.services.databases.queue(server, ("Наняты в 2020", "SELECT name FROM cities"))
    house.services.library.ingest()
    (document,) = house.services.library.documents()
    assert "Тверь" in house.services.library.original(document.id).decode()


@pytest.mark.parametrize(
    "sql", ["DELETE FROM staff", "INSERT INTO cities VALUES ('x') RETURNING name", "SELEC 1"]
)
def test_nothing_can_be_written(house: House, server: str, sql: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        house.services.databases.queue(server, ("bad", sql))
    assert refused.value.facts["reason"]


def test_a_wrong_password(house: House, server: str) -> None:
    with pytest.raises(LaretsError) as refused:
        house.services.databases.queue(server.replace("secret", "wrong"))
    assert refused.value.code == "password-needed"
