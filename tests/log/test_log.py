import logging
import os
import re
import stat
import sys
import threading
from collections.abc import Callable
from enum import Enum, StrEnum
from pathlib import Path

import pytest

from app import log
from app.domain.errors import Cancelled, DamagedFile, StorageFull
from app.log import file
from app.store.files import disk_errors
from tests.conftest import is_root

Lines = Callable[[], list[str]]


class Colour(StrEnum):
    RED = "red"


class Words(Enum):
    SAID = "What Anna said"


def test_a_record_is_one_line_with_time_level_and_process(folder: Path, lines: Lines) -> None:
    log.event("document-read", pages=3, seconds=0.25, whole=True, kind=Colour.RED, of=KeyError)
    (line,) = (folder / "larets.log").read_text().splitlines()
    head = rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z INFO test/{os.getpid()} "
    assert re.fullmatch(
        head + "document-read pages=3 seconds=0.25 whole=yes kind=red of=KeyError", line
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "salary",
        "Иванов",
        "a b",
        "a\nERROR forged",
        b"bytes",
        Path("/a/report.pdf"),
        ["list"],
        {"a": 1},
        ValueError("said"),
        Words.SAID,
        type("said by Anna", (), {}),
        log.Code("What Anna said"),
        log.Code("a" * 400),
    ],
    ids=repr,
)
def test_what_is_no_number_and_no_code_is_refused(lines: Lines, hostile: object) -> None:
    log.event("asked", question=hostile)  # type: ignore[arg-type]
    assert lines() == ["asked question=?"]


def test_names_of_facts_and_events_are_codes_too(lines: Lines) -> None:
    log.event("What Anna said", **{"Anna's question": 1})
    assert lines() == ["? ?=1"]


def test_a_code_keeps_to_its_form() -> None:
    assert [log.Code(word) for word in ("reading-ahead", "app.paths", "a1")] == [
        "reading-ahead", "app.paths", "a1",
    ]  # fmt: skip
    for word in ("", "-a", "a-", "A", "é", "a/b", "a b", "a\n", "١"):
        assert log.Code(word) == "?"


def _raise_chain(words: str) -> None:
    try:
        raise FileNotFoundError(2, words, words)
    except OSError as error:
        raise DamagedFile(name=words) from error


def test_a_failure_tells_classes_codes_and_numbers_but_no_words(lines: Lines) -> None:
    with pytest.raises(DamagedFile) as caught:
        _raise_chain("secret")
    log.failure(caught.value)
    assert lines() == [
        "failure kind=DamagedFile code=damaged-file",
        "because kind=FileNotFoundError errno=2",
    ]


def test_a_failure_names_the_places_of_our_own_code_alone(lines: Lines) -> None:
    with pytest.raises(StorageFull) as caught, disk_errors(Path("/secret/place")):
        raise OSError(28, "secret")
    log.failure(caught.value)
    place = r"at=app/store/files\.py:\d+ disk_errors( < python)?"
    assert re.search(place, lines()[0])
    assert "tests" not in "".join(lines())
    assert str(Path.cwd()) not in "".join(lines())


def test_expected_errors_are_warnings_others_are_errors(folder: Path, lines: Lines) -> None:
    log.failure(DamagedFile(name="a"))
    log.failure(ValueError("a"))
    levels = [line.split()[1] for line in (folder / "larets.log").read_text().splitlines()]
    assert levels == ["WARNING", "ERROR"]


def test_what_was_cancelled_is_not_worth_a_line(lines: Lines) -> None:
    log.failure(Cancelled())
    assert lines() == []


def test_an_error_that_is_its_own_cause_ends(lines: Lines) -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    log.failure(one)
    assert lines() == ["failure kind=ValueError", "because kind=KeyError"]


def test_a_class_may_not_carry_words_either(lines: Lines) -> None:
    forged = type("Forged", (Exception,), {"code": "what Anna said", "facts": {}})
    log.failure(forged("secret"))
    assert lines() == ["failure kind=Forged"]


def test_libraries_leave_their_name_and_level_but_no_words(folder: Path, lines: Lines) -> None:
    other = logging.getLogger("pdflibrary.words")
    other.warning("the file %s is damaged", "secret")
    other.error("secret", exc_info=ValueError("secret"))
    other.info("secret")
    text = (folder / "larets.log").read_text()
    assert lines() == ["library name=pdflibrary", "library name=pdflibrary kind=ValueError"]
    assert re.findall(" (WARNING|ERROR) ", text) == ["WARNING", "ERROR"]
    assert "secret" not in text


def test_silenced_libraries_silence_no_record_of_ours(lines: Lines) -> None:
    logging.disable(logging.CRITICAL)
    log.event("locked")
    assert lines() == ["locked"]


def test_the_log_is_rotated_and_stays_small(
    folder: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MOST_BYTES", 2000)
    for number in range(200):
        log.event("counted", number=number)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["larets.log", "larets.log.1", "larets.log.2"]
    assert all(path.stat().st_size <= 2000 for path in folder.iterdir())
    assert lines()[-1] == "counted number=199"


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_nobody_else_may_read_it(folder: Path, lines: Lines) -> None:
    folder.mkdir(mode=0o755)
    (folder / "larets.log").touch(0o644)
    log.event("locked")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "larets.log").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("level", "written"),
    [
        ("debug", ["a", "b", "c"]),
        ("info", ["b", "c"]),
        ("WARNING", ["c"]),
        ("nonsense", ["b", "c"]),
    ],
)
def test_the_level_is_chosen_by_the_environment(
    folder: Path,
    lines: Lines,
    monkeypatch: pytest.MonkeyPatch,
    level: str,
    written: list[str],
) -> None:
    monkeypatch.setenv("LARETS_LOG", level)
    log.begin(folder, log.Code("test"))
    log.detail("a")
    log.event("b")
    log.trouble("c")
    assert lines() == written


def test_a_folder_that_nobody_made_is_not_made_for_what_went_well(tmp_path: Path) -> None:
    data = tmp_path / "typing slip"
    log.begin(data / "log", log.Code("test"))
    log.event("started")
    log.failure(DamagedFile(name="a"))
    assert not data.exists()
    log.failure(ValueError())
    kept = (data / "log" / "larets.log").read_text().splitlines()
    assert [line.split(" ")[3] for line in kept] == ["started", "failure", "failure"]
    log.end()


def test_a_disk_that_refuses_is_not_fatal(
    folder: Path, lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text("a file in its place")
    log.event("started")
    log.failure(ValueError())
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(is_root(), reason="root may write everywhere")
def test_a_read_only_folder_is_not_fatal(folder: Path, lines: Lines) -> None:
    folder.mkdir()
    (folder / "larets.log").touch(0o400)
    log.event("started")


def test_without_a_log_nothing_is_written_and_nothing_fails(lines: Lines) -> None:
    log.end()
    log.event("started")
    log.failure(ValueError())
    assert lines() == []


def test_threads_share_it(lines: Lines) -> None:
    def count() -> None:
        for number in range(100):
            log.event("counted", number=number)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines()) == 400
    assert set(lines()) == {f"counted number={number}" for number in range(100)}
