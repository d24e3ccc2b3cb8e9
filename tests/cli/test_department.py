"""larets department and larets worker, from an empty database to a found passage and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Begin
from tests.cli.conftest import PASSWORD, Run, runner
from tests.department_server import DepartmentServer


@pytest.fixture
def begin(quick: Callable[[Engines], Begin]) -> Begin:
    return quick(fake_engines(FakeChat(lambda turns: "Every 500 hours [1].")))


@pytest.fixture
def run(begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, tmp_path / "data", capsys)
    assert made("profile", "create", "Anna", "--role", "administrator").code == 0
    return made


@pytest.fixture
def url(postgres: DepartmentServer) -> str:
    return postgres.url(postgres.new_database())


def _founded(run: Run, url: str) -> None:
    assert run("policy", "set", "department", "on").code == 0
    found = run("department", "init", url).json
    assert {"server", "version", "collections", "queue"} <= set(found)
    assert found["version"].startswith("PostgreSQL")
    assert url.split("?host=")[1] in found["server"]


def test_from_an_empty_database_to_a_found_passage(run: Run, url: str, tmp_path: Path) -> None:
    assert run("department", "init", url).error == "forbidden-by-policy"
    _founded(run, url)
    assert run("department", "init", url).error == "department-there"
    assert run("department", "create", "Rules").json["collections"][0]["name"] == "Rules"
    path = tmp_path / "pump.txt"
    path.write_text("Change the oil filter every 500 hours.")
    added = run("add", path, "--collection", "Rules").json["documents"]
    assert [each["state"] for each in added] == ["queued"]
    assert run("department", "status").json["queue"]["waiting"] == 1
    figures = tmp_path / "larets.prom"
    worked = run("worker", url, "--until-empty", "--metrics", figures)
    assert "\nlarets_queue_waiting 1\n" in figures.read_text(), "as it was when the work began"
    assert "pump" not in figures.read_text()
    assert worked.code == 0
    assert worked.json["queue"]["waiting"] == 1, "as it was when the work began"
    assert "pump.txt: read" in worked.err
    hits = run("search", "oil filter").json["hits"]
    assert hits[0]["name"] == "pump.txt"
    answer = run("ask", "How often is the oil filter changed?").json
    assert answer["citations"][0]["document"] == added[0]["id"]
    fetched = run("department", "fetch", "Rules", "--as", "Own").json
    assert (fetched["documents"], fetched["left_out"]) == (1, 0)
    sent = run("department", "send", "Own", "--as", "Again").json
    assert (sent["documents"], sent["left_out"]) == (1, 0)
    names = [each["name"] for each in run("collection", "list").json["collections"]]
    assert names == ["Library", "Own", "Rules", "Again"]
    assert run("collection", "delete", "Again").code == 0
    assert run("collection", "rename", "Rules", "Orders").code == 0
    assert [e["name"] for e in run("department", "status").json["collections"]] == ["Orders"]
    assert run("department", "leave").code == 0
    assert run("department", "status").error == "no-department"


def test_a_second_person_joins_and_is_let_in(run: Run, url: str, tmp_path: Path) -> None:
    _founded(run, url)
    run("department", "create", "Rules")
    secret = tmp_path / "new"
    secret.write_text(PASSWORD)
    new = ("--role", "editor", "--new-password-file", secret)
    assert run("profile", "create", "Boris", *new, "--profile", "Anna").code == 0
    invited = run("department", "invite", "Boris", "--profile", "Anna").json
    word = tmp_path / "word"
    word.write_text(invited["password"])
    joined = run(
        "department", "join", invited["url"], "--server-password-file", word, "--profile", "Boris"
    ).json
    assert joined["collections"] == []
    told = run("department", "share", "Rules", "Boris", "--profile", "Anna")
    assert told.error == "other-fingerprint"
    own = joined["you"]["fingerprint"]
    shared = run(
        "department", "share", "Rules", "Boris", "--may", "add", "--fingerprint", own,
        "--profile", "Anna",
    ).json  # fmt: skip
    assert {e["name"]: e["may"] for e in shared["people"]} == {"Anna": "manage", "Boris": "add"}
    status = run("department", "status", "--profile", "Boris").json
    assert [each["name"] for each in status["collections"]] == ["Rules"]
    taken = run("department", "unshare", "Rules", "Boris", "--profile", "Anna").json
    assert [each["name"] for each in taken["people"]] == ["Anna"]


def test_a_server_that_is_away_is_a_remark(
    run: Run, url: str, postgres: DepartmentServer, tmp_path: Path
) -> None:
    _founded(run, url)
    run("department", "create", "Rules")
    postgres.stop()
    try:
        listed = run("collection", "list")
        assert listed.code == 0
        assert "does not answer" in listed.err
        assert [each["name"] for each in listed.json["collections"]] == ["Library"]
        assert run("department", "status").error == "department-unreachable"
    finally:
        postgres.start()


def test_the_bench_tells_its_figures(run: Run, url: str) -> None:
    small = ("--passages", 400, "--dimensions", 32, "--clients", 2, "--files", 12, "--workers", 2)
    found = run("bench", "department", url, *small).json
    assert found["passages"] == 400
    assert found["recall@10"] > 0.9
    assert found["search_ms"]["p95"] >= found["search_ms"]["p50"] > 0
    assert found["files_per_second_2_workers"] > 0
