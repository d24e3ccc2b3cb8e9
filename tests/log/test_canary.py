"""Nothing that a user wrote, named or placed somewhere reaches the log or a report."""

import base64
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import log, paths, wiring
from app.cli.main import main
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import ReaderCrashed
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.engines.fake import FakeChat, fake_engines
from app.services.jobs import Worker
from app.services.session import Services, Start
from app.store import keys
from tests.documents import child_acts
from tests.habits import ROOT
from tests.services.conftest import Direct, add_model

#: Every text that is the user's holds one of these.
CANARIES = ("canary", "канарейка")
PASSWORD = "canary password"


def spellings() -> set[bytes]:
    """The canaries as a careless writer could leave them."""
    found: set[bytes] = set()
    for word in (form for canary in CANARIES for form in (canary, canary.title(), canary.upper())):
        raw = word.encode()
        found |= {raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode()}
        found |= {ascii(word)[1:-1].encode(), base64.b64encode(raw).rstrip(b"=")[:-1]}
        # In the middle of an encoded text the word begins at any of three places.
        found |= {base64.b64encode(b"xx"[:at] + raw)[4:-4] for at in (1, 2)}
    return found


def refuse_canaries(content: bytes) -> None:
    for spelling in spellings():
        assert spelling not in content, (spelling, content[max(content.find(spelling) - 80, 0) :])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place whose very path is a canary's."""
    made = tmp_path / "Canary канарейка"
    made.mkdir()
    return made


@pytest.fixture
def begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    monkeypatch.setattr("app.wiring.profile.Sandbox", Direct)
    monkeypatch.setenv("LARETS_LOG", "debug")
    add_model(folder / "kit", "canary-chat", "chat")
    add_model(folder / "kit", "canary-embedder", "embedding")
    (folder / "data").mkdir()
    found = paths.Paths(folder / "data", folder / "kit", paths.find().resources)
    log.begin(found.log, log.Code("test"))
    started = wiring.start(found, fake_engines(FakeChat(lambda _: "The canary sings at noon [1].")))
    yield started
    started.end()
    log.end()


@pytest.fixture
def services(begun: Start) -> Iterator[Services]:
    begun.profiles.create("Canary", PASSWORD, Role.ADMINISTRATOR)
    opened = begun.open("Canary", PASSWORD, lambda call: call())
    yield opened
    opened.close()


def use(services: Services, folder: Path) -> None:
    """Add, fail to add, ask, search."""
    good, bad = folder / "Канарейка canary.txt", folder / "canary.pdf"
    good.write_text("The canary sings at noon. Канарейка поёт в полдень.")
    bad.write_bytes(b"canary, and no PDF")
    services.library.add([good, bad])
    conversation = services.conversations.begin("canary")
    services.chat.answer(conversation, "When does the canary sing? Канарейка?", NoControl())
    assert services.retrieval.find("Канарейка canary").segments


def fail(worker: Worker) -> None:
    """A job whose error, cause and title are the user's words."""

    def work(_: object) -> None:
        try:
            raise FileNotFoundError(2, "canary", "/canary/канарейка")
        except OSError as error:
            raise ValueError("canary канарейка") from error

    ended = threading.Event()
    worker.run(work, title="canary", on_error=lambda _: ended.set())
    assert ended.wait(10)
    worker.close()


def crash() -> None:
    """The child that reads documents ends, and says what it was about."""
    sandbox = Sandbox(child_acts.read)
    for name in ("abort", "bug"):
        with pytest.raises(ReaderCrashed):
            sandbox.read(DocumentSource(name))
    sandbox.close()


def test_neither_log_nor_report_holds_a_word_of_the_user(
    begun: Start, services: Services, folder: Path
) -> None:
    use(services, folder)
    fail(Worker("background", lambda call: call()))
    crash()
    log.native(f"llama_model_load: failed to load model '{folder}/canary.gguf' canary")
    log.event("canary singing", question="canary sings", path=folder)  # type: ignore[arg-type]
    checks = [*begun.health.checks(), *services.administration.doctor.run()]
    begun.health.report(checks).save(folder / "report.zip")
    written = b"".join(file.read_bytes() for file in (folder / "data" / "log").iterdir())
    refuse_canaries(written)
    with zipfile.ZipFile(folder / "report.zip") as archive:
        for name in archive.namelist():
            refuse_canaries(name.encode() + archive.read(name))
    told = written.decode("ascii")
    for line in (
        "unlocked role=administrator", "ingest documents=2", "code=damaged-file",
        "answer state=done", "failure kind=ValueError", "because kind=FileNotFoundError",
        "child name=reader",
        "native said=failed-to-load-model", "outcome=failed", "retrieve_ms=",
    ):  # fmt: skip
        assert line in told, line


def test_a_failing_command_neither(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data").mkdir()

    def begin(found: paths.Paths) -> Start:
        log.begin(found.log, log.Code("test"))
        return wiring.start(found, fake_engines())

    words = ["--data-dir", str(folder / "data"), "--profile", "Canary", "--password-file"]
    assert main([*words, str(folder / "canary"), "ask", "canary?"], begin) == 1

    def fault(*_: object) -> None:
        raise KeyError("canary канарейка")

    monkeypatch.setattr("app.cli.session.password", fault)
    assert main([*words, str(folder / "canary"), "ask", "canary?"], begin) == 1
    log.end()
    assert "Canary" in capsys.readouterr().out + str(folder)
    written = (folder / "data" / "log" / "larets.log").read_bytes()
    refuse_canaries(written)
    assert b"code=file-missing" in written
    assert b"kind=KeyError" in written
    assert b"command name=ask" in written


def test_nor_one_in_a_process_of_its_own(folder: Path) -> None:
    """As a user runs it: with the real entrance, on a damaged workspace."""
    data = folder / "data"
    data.mkdir()
    (data / "workspace.json").write_bytes(b"canary")
    report = folder / "canary.zip"
    command = [sys.executable, "-m", "app", "--data-dir", str(data), "doctor", "--bundle"]
    done = subprocess.run([*command, str(report)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    written = (data / "log" / "larets.log").read_bytes()
    refuse_canaries(written)
    assert b"code=damaged-data" in written
    with zipfile.ZipFile(report) as archive:
        assert "log/larets.log" in archive.namelist()
        for name in archive.namelist():
            refuse_canaries(archive.read(name))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-16-le"),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"1" + text.encode()),
        lambda text: base64.b64encode(b"22" + text.encode()),
        lambda text: text.encode("unicode_escape"),
        lambda text: text.encode().hex().encode(),
    ],
)
def test_canaries_are_found_however_they_are_spelt(encode: Callable[[str], bytes]) -> None:
    for canary in CANARIES:
        with pytest.raises(AssertionError):
            refuse_canaries(encode(f"{canary} sings"))


def test_records_are_made_of_words_in_the_source_alone() -> None:
    """An event is named by a literal, and a Code is made of one, or of what is a name in code."""
    made = {
        (str(path.relative_to(ROOT / "app")), word)
        for path in (ROOT / "app").rglob("*.py")
        for word in re.findall(r"log\.Code\(([^()\"]+|f\"[^()]*)\)", path.read_text("utf-8"))
    }
    assert made == {
        ("__main__.py", 'f"v{__version__}"'),
        ("__main__.py", 'f"v{python}"'),
        ("__main__.py", "sys.platform"),
        ("cli/commands/doctor.py", "error.code"),
        ("cli/main.py", "session.arguments.command"),
        ("engines/inspection/child.py", "name"),
        ("services/health/profile_checks.py", "error.code"),
        ("services/jobs.py", "self._name"),
    }
    loose = [
        f"{path.name}: {call}"
        for path in (ROOT / "app").rglob("*.py")
        for call in re.findall(
            r"\blog\.(?:event|detail|trouble)\((?!\s*\")[^\n]*", path.read_text("utf-8")
        )
    ]
    assert loose == []
