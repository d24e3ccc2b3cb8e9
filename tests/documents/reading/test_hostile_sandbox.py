"""Files that mean harm, through the real sandbox: each ends in time, in little memory, in an error
of ours or in text, and the same child reads an honest file afterwards."""

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest

from app.documents.limits import CHILD_MEMORY, MB
from app.documents.reading.formats import FORMATS
from app.documents.reading.reader import is_archive, is_container, known_suffixes
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import DocumentError, ReaderCrashed, ReaderTimedOut
from tests.documents.hostile import FILES, SAMPLES, Sample

pytestmark = pytest.mark.slow

#: Seconds; the slowest takes a fifth of it on two idle cores.
SECONDS = 30
ENDING = [each for each in SAMPLES if ReaderTimedOut not in each.errors]
HONEST = DocumentSource("honest.txt", data=b"An honest file.")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(seconds=SECONDS)
    yield box
    box.close()


def found_in(sandbox: Sandbox, source: DocumentSource) -> str:
    """Its text, and the names of the files inside."""
    found: list[str] = []
    if not is_archive(source.name):
        found += [each.text for part in sandbox.sections(source) for each in part.blocks]
    if is_container(source.name):
        found += [part.name for part in sandbox.parts(source)]
    return "\n".join(found)


def is_honest(sandbox: Sandbox) -> bool:
    return sandbox.read(HONEST).blocks[0].text == "An honest file."


@contextmanager
def memory(sandbox: Sandbox) -> Iterator[Callable[[], int]]:
    """The most that the child held, in bytes."""
    ended, most = threading.Event(), [0]

    def look() -> None:
        while not ended.wait(0.02):
            with suppress(psutil.Error, AttributeError, ValueError):
                child = psutil.Process(sandbox._child.process.pid)  # type: ignore[union-attr]
                most[0] = max(most[0], child.memory_info().rss)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        thread.join()


def test_there_are_enough() -> None:
    assert len({each.id for each in SAMPLES}) == len(SAMPLES) >= 60
    tried = {"." + each.name.split(".")[-1] for each in SAMPLES}
    readers = {form.module for form in FORMATS.values()}
    assert {FORMATS[suffix].module for suffix in tried & FORMATS.keys()} == readers
    assert tried >= {".zip", ".7z", ".tar", ".gz", ".rar", ".mbox", ".db"}


def test_what_only_the_clock_ends() -> None:
    """MuPDF draws on and cannot be asked to stop."""
    endless = [each for each in SAMPLES if ReaderTimedOut in each.errors]
    box = Sandbox(seconds=2)
    try:
        for each in endless:
            with pytest.raises(ReaderTimedOut):
                found_in(box, DocumentSource(each.name, data=each.make()))
            assert is_honest(box)
    finally:
        box.close()


@pytest.mark.parametrize("sample", ENDING, ids=lambda each: each.id)
def test_a_hostile_file(sandbox: Sandbox, sample: Sample) -> None:
    source = DocumentSource(sample.name, data=sample.make())
    sandbox.warm()
    began = time.monotonic()
    with memory(sandbox) as most:
        if sample.errors:
            with pytest.raises(sample.errors) as caught:
                found_in(sandbox, source)
            assert not isinstance(caught.value, ReaderCrashed | ReaderTimedOut)
        else:
            found = found_in(sandbox, source)
            assert sample.text in found
            assert sample.without not in found
    assert time.monotonic() - began < SECONDS
    assert most() < (CHILD_MEMORY if sys.platform != "win32" else 4096 * MB)
    assert is_honest(sandbox)


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_file_cut_short(sandbox: Sandbox, path: object) -> None:
    name, data = path.name, path.read_bytes()  # type: ignore[attr-defined]
    for share in (0.02, 0.5, 0.95):
        with suppress(DocumentError):
            found_in(sandbox, DocumentSource(name, data=data[: int(len(data) * share)]))
    assert is_honest(sandbox)


def test_random_bytes_under_every_suffix(sandbox: Sandbox) -> None:
    dice = random.Random(7)
    broken: list[str] = []
    for suffix in sorted(known_suffixes()):
        try:
            found_in(sandbox, DocumentSource(f"a{suffix}", data=dice.randbytes(20_000)))
        except (ReaderCrashed, ReaderTimedOut):
            broken.append(suffix)
        except DocumentError:
            continue
    assert broken == []
    assert is_honest(sandbox)
