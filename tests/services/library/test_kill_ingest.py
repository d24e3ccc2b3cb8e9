"""An import that is killed at any moment leaves nothing half, and goes on where it was."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.documents.reading.reader import is_archive
from app.domain.library.documents import DocumentState
from app.engines.fake import FakeChat
from app.services.session import Services
from app.store.library.library import LibraryStore
from app.store.schema import documents, passages, staged_passages, vectors
from tests.documents.packages import zipped
from tests.samples import make_docx
from tests.services.conftest import PASSWORD, begin
from tests.services.library import importer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kill means something else there"),
]
#: Thirty in all; each workspace is a test of its own, so that none takes minutes.
WORKSPACES, KILLS = 2, 10
WORDS = "pump valve report harbour winter насос отчёт договор гавань зима".split()


def prose(dice: random.Random, paragraphs: int) -> str:
    """Every paragraph is another, so that no two files are the same."""
    return "\n\n".join(
        " ".join(dice.choice(WORDS) for _ in range(40)) + f" {dice.random()}."
        for _ in range(paragraphs)
    )


def mail(dice: random.Random) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "anna@example.org", f"Subject {dice.random()}"
    message.set_content(prose(dice, 3))
    message.add_attachment(prose(dice, 4).encode(), "text", "plain", filename="attached.txt")
    return message.as_bytes()


def archive(dice: random.Random) -> bytes:
    return zipped({f"in/{number}.md": prose(dice, 4).encode() for number in range(3)})


def page(dice: random.Random) -> bytes:
    links = "".join(f'<a href="{number}.html">next</a>' for number in range(3))
    return f"<html><body><p>{prose(dice, 3)}</p>{links}</body></html>".encode()


def sheet(dice: random.Random) -> bytes:
    rows = [f"{number};{dice.choice(WORDS)};{dice.random()}" for number in range(60)]
    return "\n".join(["number;word;value", *rows]).encode()


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "txt": lambda dice: prose(dice, 8).encode(),
    "md": lambda dice: f"# Head\n\n{prose(dice, 6)}".encode(),
    "csv": sheet,
    "html": page,
    "docx": lambda dice: make_docx([("Normal", prose(dice, 4))]),
    "eml": mail,
    "zip": archive,
}
MANY = {"txt": 18, "md": 12, "csv": 8, "html": 8, "docx": 5, "eml": 5, "zip": 4}
FEW = {"txt": 2, "csv": 1, "html": 2, "eml": 2, "zip": 3}


def fill(folder: Path, dice: random.Random, counts: Mapping[str, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, count in counts.items():
        for number in range(count):
            (folder / f"{number}.{suffix}").write_bytes(KINDS[suffix](dice))


def expected(files: Path) -> int:
    """Documents that the folder makes: an attachment a mail, three files an archive."""
    inside = {".eml": 1, ".zip": 3}
    return sum(1 + inside.get(each.suffix, 0) for each in files.iterdir())


@contextmanager
def started(workspace: Path, files: Path, *point: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, importer.__file__, str(workspace), str(files), *point],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@contextmanager
def opened(workspace: Path) -> Iterator[Services]:
    services = begin(workspace, FakeChat()).open("Anna", PASSWORD, lambda call: call())
    try:
        yield services
    finally:
        services.close()


def store_of(services: Services) -> LibraryStore:
    (opened,) = services.library.open_collections
    return opened.store


def check(services: Services) -> None:
    """Nothing half is visible, and what is there is whole."""
    store = store_of(services)
    store.database.verify()
    for document in store.documents():
        found = store.passages_of(document.id)
        assert document.state != DocumentState.FAILED, (document.name, document.error)
        assert len(found) == document.passages, document.name
        if document.state != DocumentState.INDEXED:
            assert not found, document.name
        elif not is_archive(document.name):
            assert found, document.name
            assert [each.ordinal for each in found] == list(range(len(found)))
            digest = hashlib.sha256(store.original(document.id)).hexdigest()
            assert digest == store.sha256(document.id), document.name
    check_rows(store)
    named = {store.content(each.id) for each in store.documents()} | store.staging.contents()
    kept = {each.name for each in (store._folder / "files").iterdir()}
    assert kept == named - {""}


def check_rows(store: LibraryStore) -> None:
    """Each passage has its words and its vector, of a document that is there."""
    with store.database.transaction() as connection:

        def all_of(query: Any) -> set[Any]:
            return set(connection.execute(query).scalars())

        ids = all_of(select(passages.c.id))
        assert all_of(select(vectors.c.passage)) == ids
        assert all_of(text("SELECT rowid FROM passage_words")) == ids
        known = all_of(select(documents.c.id))
        assert all_of(select(passages.c.document)) <= known
        waiting = all_of(select(documents.c.id).where(documents.c.pending.is_not(None)))
        assert all_of(select(staged_passages.c.document)) <= waiting
        lengths = select(func.length(vectors.c.data)).distinct()
        assert len(all_of(lengths)) <= 1


def check_end(services: Services, files: Path) -> None:
    """Every file is there exactly once, with its present content."""
    check(services)
    library = services.library
    found = library.documents()
    assert library.unfinished() == 0
    assert {each.state for each in found} == {DocumentState.INDEXED}
    assert len({each.path for each in found}) == len(found) == expected(files)
    for each in found:
        if Path(each.path).is_file() and not is_archive(each.name):
            assert library.original(each.id) == Path(each.path).read_bytes()
    words = library.passages(next(each.id for each in found if each.path.endswith("/0.txt")))
    assert "\n\n".join(each.text for each in words) == (files / "0.txt").read_text()


def killed(workspace: Path, files: Path, seconds: float) -> bool:
    """Whether it was killed before it had ended."""
    with started(workspace, files) as process:
        time.sleep(seconds)
        return process.poll() is None


@pytest.mark.parametrize("workspace", range(WORKSPACES))
def test_killed_at_any_moment(workspace: int, template: Path, tmp_path: Path) -> None:
    """Some files change between the kills, so that what is searchable is read anew as well."""
    seed = int(os.environ.get("LARETS_SEED", "0")) or random.randrange(1, 10**9)
    print(f"LARETS_SEED={seed}")  # noqa: T201  shown when the test fails
    dice = random.Random(seed + workspace)
    work, files = tmp_path / "work", tmp_path / "files"
    shutil.copytree(template, work)
    fill(files, dice, MANY)
    kills = attempts = 0
    while kills < KILLS:
        attempts += 1
        assert attempts < 5 * KILLS, "most imports end before they are killed"
        kills += killed(work, files, 0.02 * 50 ** dice.random())
        with opened(work) as services:
            check(services)
        for suffix in KINDS:
            (files / f"{dice.randrange(4)}.{suffix}").write_bytes(KINDS[suffix](dice))
    with started(work, files) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
    with opened(work) as services:
        check_end(services, files)


@pytest.mark.parametrize("point", sorted(importer.POINTS))
def test_killed_at_a_point(point: str, template: Path, tmp_path: Path) -> None:
    work, files = tmp_path / "work", tmp_path / "files"
    shutil.copytree(template, work)
    for count in ("1", "3"):
        fill(files, random.Random(point + count), FEW)
        with started(work, files, point, count) as process:
            assert process.wait(60) == -signal.SIGKILL
        with opened(work) as services:
            check(services)
    with opened(work) as services:
        services.library.add([files])
        check_end(services, files)
