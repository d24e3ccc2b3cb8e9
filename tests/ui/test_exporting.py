"""Files are chosen by a dialog that answers by itself; all behind it is real."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.errors import DamagedTranscript, LaretsError
from app.domain.progress import NoControl
from app.ui.acts import Acts
from app.ui.chat.history.exporting import ConversationExport
from app.ui.pages.files import file_name
from tests.ui.conftest import Desk

QUESTION = 'Leave: 28/35 days?\nCON "x"'


@pytest.fixture
def talk(unlocked: Desk) -> str:
    services = unlocked.window.services
    assert services is not None
    conversation = services.conversations.begin(QUESTION)
    services.chat.answer(conversation, QUESTION, NoControl())
    return conversation


@pytest.fixture
def acts(unlocked: Desk) -> ConversationExport:
    window = unlocked.window
    assert window.services is not None
    services = window.services
    background = Acts(services.background, window.language)
    return ConversationExport(window, services.transcripts, background, window.language)


def unwanted(result: object) -> None:
    pytest.fail(f"{result} was not to come")


def answering(
    monkeypatch: pytest.MonkeyPatch, path: Path | str, kind: str = ""
) -> list[tuple[object, ...]]:
    """Dialogs give `path`; what they were asked."""
    asked: list[tuple[object, ...]] = []

    def give(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return str(path), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", give)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", give)
    return asked


def test_out_and_back_in(
    acts: ConversationExport,
    talk: str,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answering(monkeypatch, tmp_path / "talk.json")
    written: list[Path] = []
    acts.export(talk, QUESTION, written.append)
    qtbot.waitUntil(lambda: bool(written))
    assert written == [tmp_path / "talk.json"]
    assert asked[0][2] == "Leave 28 35 days CON x.docx"
    assert str(asked[0][3]).count(";;") == 3
    taken: list[str] = []
    acts.import_one(taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert taken[0] != talk


@pytest.mark.parametrize(
    ("name", "kind", "suffix", "begins"),
    [
        ("talk", "PDF document (*.pdf)", ".pdf", b"%PDF"),
        ("talk v1.2", "Markdown text (*.md)", ".md", b"# "),
        ("talk.PDF", "Markdown text (*.md)", "", b"%PDF"),
        ("talk", "", ".docx", b"PK"),
    ],
)
def test_a_name_without_its_suffix(
    acts: ConversationExport, talk: str, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, name: str, kind: str, suffix: str, begins: bytes,
) -> None:  # fmt: skip
    answering(monkeypatch, tmp_path / name, kind)
    written: list[Path] = []
    acts.export(talk, QUESTION, written.append)
    qtbot.waitUntil(lambda: bool(written))
    assert written == [tmp_path / f"{name}{suffix}"]
    assert written[0].read_bytes().startswith(begins)


def test_no_file_no_work(
    acts: ConversationExport, talk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "")
    acts.export(talk, QUESTION, unwanted)
    acts.import_one(unwanted)


def test_errors_are_shown(
    acts: ConversationExport, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr("app.ui.acts.show_error", lambda parent, error, words: shown.append(error))
    (tmp_path / "bad.json").write_text("{")
    answering(monkeypatch, tmp_path / "bad.json")
    acts.import_one(unwanted)
    qtbot.waitUntil(lambda: len(shown) == 1)
    acts.export("nobody", "title", unwanted)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert isinstance(shown[0], DamagedTranscript)
    assert isinstance(shown[1], LaretsError)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('a:b*c?d"e<f>g|h\\i/j\x00k', "a b c d e f g h i j k"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("console", "console"),
        ("...", ""),
        ("конец. ", "конец"),
        ("exe\u202efdp", "exe fdp"),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names_are_good_on_every_system(title: str, name: str) -> None:
    assert file_name(title) == name
