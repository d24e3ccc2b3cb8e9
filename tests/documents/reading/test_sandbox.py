import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import log
from app.documents.reading import wire
from app.documents.reading.reader import DocumentSource
from app.documents.reading.sandbox import Sandbox
from app.domain.errors import (
    Cancelled,
    DamagedFile,
    EmptyDocument,
    FileMissing,
    FileTooLarge,
    ReaderCrashed,
    ReaderTimedOut,
)
from app.domain.library.documents import Block, BlockKind, LineBox, PageImage, ReadDocument
from app.domain.progress import NoControl
from tests.documents import child_acts
from tests.samples import make_docx, make_pdf


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(child_acts.read)
    yield box
    box.close()


@pytest.fixture
def real() -> Iterator[Sandbox]:
    box = Sandbox()
    yield box
    box.close()


def facts(sandbox: Sandbox) -> list[str]:
    return sandbox.read(DocumentSource("facts")).blocks[0].text.split("\n")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class Stopping(NoControl):
    """A control that asks to stop after some checks."""

    def __init__(self, checks: int = 2) -> None:
        self._left = checks

    def check(self) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cancelled


def test_one_child_reads_one_document_after_another(sandbox: Sandbox) -> None:
    assert sandbox.read(DocumentSource("name")) == ReadDocument(
        (Block(BlockKind.PARAGRAPH, "name", 1, boxes=(LineBox(1.25, 2, 3, 4, 0, 4),)),), "Title", 1
    )
    assert facts(sandbox)[0] == facts(sandbox)[0] != str(os.getpid())


def test_child_imports_nothing_heavy(sandbox: Sandbox) -> None:
    assert facts(sandbox)[2] == ""


def test_close_leaves_no_process(sandbox: Sandbox) -> None:
    process = int(facts(sandbox)[0])
    sandbox.close()
    assert not is_running(process)
    with pytest.raises(Cancelled):
        sandbox.read(DocumentSource("name"))


def test_crash_harms_one_document_only(sandbox: Sandbox) -> None:
    with pytest.raises(ReaderCrashed) as caught:
        sandbox.read(DocumentSource("exit"))
    assert caught.value.facts["name"] == "exit"
    assert sandbox.read(DocumentSource("next")).title == "Title"


def test_bug_is_reported_without_its_message(sandbox: Sandbox) -> None:
    with pytest.raises(ReaderCrashed) as caught:
        sandbox.read(DocumentSource("bug"))
    assert "KeyError" in str(caught.value.facts["detail"])
    assert "secret" not in str(caught.value.facts)


def test_errors_keep_class_and_facts(sandbox: Sandbox) -> None:
    with pytest.raises(EmptyDocument) as caught:
        sandbox.read(DocumentSource("empty"))
    assert caught.value.facts == {"name": "empty"}


@pytest.mark.skipif(sys.platform == "win32", reason="no address limit yet")
def test_memory_is_limited(sandbox: Sandbox) -> None:
    with pytest.raises(FileTooLarge):
        sandbox.read(DocumentSource("greedy"))
    assert sandbox.read(DocumentSource("next")).title == "Title"


@pytest.mark.skipif(sys.platform == "win32", reason="no file limit yet")
def test_child_writes_no_files(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "written"
    with pytest.raises(ReaderCrashed):
        sandbox.read(DocumentSource("write", str(path)))
    assert not path.exists() or not path.read_bytes()


def test_hanging_document_times_out() -> None:
    sandbox = Sandbox(child_acts.read, seconds=1.5)
    try:
        with pytest.raises(ReaderTimedOut) as caught:
            sandbox.read(DocumentSource("hang"))
        assert caught.value.facts["name"] == "hang"
        assert sandbox.read(DocumentSource("next")).title == "Title"
    finally:
        sandbox.close()


def test_cancel_kills_the_child_at_once(sandbox: Sandbox) -> None:
    process = int(facts(sandbox)[0])
    started = time.monotonic()
    with pytest.raises(Cancelled):
        sandbox.read(DocumentSource("hang"), Stopping())
    assert time.monotonic() - started < 2
    assert not is_running(process)


def test_close_from_another_thread_ends_a_reading(sandbox: Sandbox) -> None:
    sandbox.warm()
    timer = threading.Timer(0.3, sandbox.close)
    timer.start()
    with pytest.raises(Cancelled):
        sandbox.read(DocumentSource("hang"))
    timer.join()


def test_child_of_an_ended_thread_is_replaced(sandbox: Sandbox) -> None:
    thread = threading.Thread(target=sandbox.warm)
    thread.start()
    thread.join()
    assert sandbox.read(DocumentSource("next")).title == "Title"


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_child_has_no_network_where_the_system_allows(sandbox: Sandbox) -> None:
    namespace = facts(sandbox)[1]
    if namespace == os.readlink("/proc/self/ns/net"):
        pytest.skip("this system refuses user namespaces")
    assert namespace.startswith("net:")


def test_two_sandboxes(sandbox: Sandbox, real: Sandbox) -> None:
    data = make_pdf(["Some words."])
    assert real.read(DocumentSource("a.pdf", data=data)).blocks[0].text == "Some words."
    assert sandbox.read(DocumentSource("name")).title == "Title"


def test_real_formats(real: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx([("Normal", "Абзац.")]))
    assert real.read(DocumentSource(path.name, str(path))).blocks[0].text == "Абзац."
    path.unlink()
    with pytest.raises(FileMissing):
        real.read(DocumentSource(path.name, str(path)))
    with pytest.raises(DamagedFile):
        real.read(DocumentSource("b.pdf", data=b"\0nothing"))


def test_render_asks_for_the_data_once(real: Sandbox) -> None:
    asked: list[int] = []

    def provide() -> bytes:
        asked.append(1)
        return make_pdf(["Some words.", "Other words."])

    first = real.render("key", provide, 1, 1.0, "Some words.")
    second = real.render("key", provide, 2, 1.0, "Other words.")
    assert len(asked) == 1
    assert len(first.pixels) == 3 * first.width * first.height
    assert first.marks
    assert second.marks
    with pytest.raises(DamagedFile):
        real.render("broken", lambda: b"%PDF-", 1, 1.0)


def test_what_the_child_sends_is_checked() -> None:
    box = [0, 0, 1, 1, 0, 9]
    with pytest.raises(ValueError, match="outside"):
        wire.document_in(
            {"title": "", "pages": 1, "blocks": [["paragraph", "text", 1, 0, None, [box]]]}
        )
    with pytest.raises(ValueError, match="pixels"):
        wire.image_in({"width": 9, "height": 9, "scale": 1, "pages": 1, "marks": []}, b"")
    assert isinstance(wire.error_in(["SystemExit", {}], "a"), ReaderCrashed)
    assert isinstance(wire.error_in("nonsense", "a"), ReaderCrashed)


def test_image_survives_the_pipe() -> None:
    image = PageImage(1, 2, bytes(6), 1.5, 3, ((0.0, 1.0, 2.0, 3.5),))
    form = wire.unpack(wire.pack({"image": wire.image_out(image)}))
    assert wire.image_in(form["image"], image.pixels) == image


@pytest.mark.skipif(sys.platform == "win32", reason="standard error is not read there")
def test_a_crash_is_in_the_log_without_a_word_of_the_document(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    log.begin(tmp_path / "log", log.Code("test"))
    for name in ("exit", "abort"):
        with pytest.raises(ReaderCrashed):
            sandbox.read(DocumentSource(name))
    log.end()
    told = (tmp_path / "log" / "larets.log").read_text()
    assert "child name=reader lines=0 status=3" in told
    assert f"status={-signal.SIGABRT}" in told
    assert "at=app/documents/reading/reading_process.py:" in told
    assert "canary" not in told
