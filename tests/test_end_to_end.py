"""The main job with real parts: real models, real documents, real SQLCipher.

Add, ask, open the cited page, close, reopen, ask on; then nothing of it can be read from the disk,
and the same holds in a network namespace without interfaces.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import paths, wiring
from app.domain.chat.conversation import AnswerState, Message
from app.domain.library.documents import DocumentState
from app.domain.models.model import Speed
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.domain.settings import Sampling
from app.services.chat.context import AnswerRequest
from app.services.session import Services, Start
from tests.samples import shared_data

pytestmark = pytest.mark.model
PASSWORD = "strongbox of the test"
QUESTION = "How many sites and countries does Amcor operate in?"
FOLLOW_UP = "Which packaging products does Amcor make?"
RUSSIAN = "Какие изотопы углерода стабильны?"
REPORT = "AMCOR_2023_10K.pdf"
#: How an answer of so small a model may end.
ENDS = {AnswerState.DONE, AnswerState.CUT, AnswerState.ABSTAINED, AnswerState.QUOTED}
#: The pages that speak of sites and countries: of the company, and of its segments.
GOLD_PAGES = (5, 7)
ARTICLE = "10222.txt"
#: In the documents, the questions and the names; in English and Russian.
CANARIES = ("packaging", "Amcor", "sites and countries", "изотоп", "Углерод", "10222.txt")


@pytest.fixture(scope="module")
def workspace(
    tmp_path_factory: pytest.TempPathFactory, chat_model: Path, embedding_model: Path
) -> Path:
    """A folder with a profile and the kit's two small models."""
    folder = tmp_path_factory.mktemp("end-to-end")
    kit = folder / "kit"
    kit.mkdir()
    (kit / "chat").symlink_to(chat_model.parent)
    (kit / "embedding").symlink_to(embedding_model)
    _begin(folder).profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    return folder


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The first eight pages of a real annual report, and the beginning of two real articles."""
    import pymupdf

    folder = tmp_path_factory.mktemp("documents")
    report = folder / REPORT
    with pymupdf.open(shared_data() / "financebench" / REPORT) as document:
        document.select(range(8))
        document.save(report)
    files = [report]
    for name in (ARTICLE, "10300.txt"):
        text = (shared_data() / "ru-rag" / "files" / name).read_text("utf-8")
        files.append(folder / name)
        files[-1].write_text(text[:5000], "utf-8")
    return files


def _begin(folder: Path) -> Start:
    found = paths.Paths(folder / "data", folder / "kit", paths.find().resources)
    return wiring.start(found)


@pytest.fixture
def services(workspace: Path) -> Iterator[Services]:
    opened = _begin(workspace).open("Anna", PASSWORD, lambda call: call())
    yield opened
    opened.close()


def _ask(services: Services, conversation: str, question: str) -> Message:
    likeliest = AnswerRequest(sampling=Sampling(temperature=0, max_tokens=120))
    return services.chat.answer(conversation, question, NoControl(), likeliest)


def test_add_and_ask_leads_to_the_right_page(services: Services, documents: list[Path]) -> None:
    report = services.library.add(documents)
    assert [each.state for each in report.documents] == [DocumentState.INDEXED] * 3
    assert report.documents[0].pages == 8
    conversation = services.conversations.begin(QUESTION)
    answer = _ask(services, conversation, QUESTION)
    # So small a model reads so little in no time: nothing would be worth keeping.
    services.inference._keep(Speed(50.0, 20.0))
    services.chat.export_state(conversation)
    assert answer.state in ENDS
    assert answer.text
    source = answer.sources[0]
    assert source.segment.best.page in GOLD_PAGES
    segment = source.segment
    assert segment.name == REPORT
    cited = [each for each in answer.citations if each.number == source.number and each.supported]
    begin = segment.best.start - segment.locator.start
    quote = cited[0].quote if cited else segment.text[begin : begin + 120]
    at = segment.part_at(cited[0].quote_start if cited else begin).page
    assert at in GOLD_PAGES
    page = services.library.page(segment.document, at, 1.0, quote, ())
    assert page.marks, "the quote is not on the page that was cited"
    assert len(page.pixels) == page.width * page.height * 3


def test_reopened_it_answers_on_and_finds_russian(services: Services) -> None:
    conversation = services.conversations.all()[0]
    assert conversation.title == QUESTION
    first = services.conversations.messages(conversation.id)[-1]
    services.chat.restore_state(conversation.id, NoControl())
    answer = _ask(services, conversation.id, FOLLOW_UP)
    assert answer.timings is not None
    assert first.timings is not None
    assert answer.timings.reused_tokens >= first.timings.prompt_tokens - 64, "read again"
    assert answer.state in ENDS
    messages = services.conversations.messages(conversation.id)
    assert [each.text for each in messages[::2]] == [QUESTION, FOLLOW_UP]
    assert messages[3] == answer
    found = services.retrieval.find(RUSSIAN, 1).segments[0]
    assert found.name == ARTICLE
    assert "стабильн" in found.text


def test_a_question_across_languages_finds_the_english_page(services: Services) -> None:
    hits = services.retrieval.find("В какой отрасли работает Amcor?", 3).segments
    assert REPORT in {each.name for each in hits}


def test_nothing_can_be_read_from_the_disk(workspace: Path) -> None:
    data = workspace / "data"
    files = [each for each in data.rglob("*") if each.is_file()]
    assert len(files) > 6
    for file in files:
        content = file.read_bytes()
        for canary in CANARIES:
            for encoding in ("utf-8", "utf-16-le", "cp1251"):
                assert canary.encode(encoding, "ignore") not in content, (file, canary)


def _namespace_works() -> bool:
    command = shutil.which("unshare")
    if command is None:
        return False
    return subprocess.run([command, "-rn", "true"], check=False).returncode == 0


@pytest.mark.skipif("LARETS_IN_NAMESPACE" in os.environ, reason="this is the inner run")
@pytest.mark.skipif(not _namespace_works(), reason="this system allows no network namespaces")
def test_the_same_without_any_network_interface(chat_model: Path) -> None:
    shared = shared_data().parent
    inner = subprocess.run(
        [
            "unshare",
            "-rn",
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            __file__,
        ],
        env=os.environ | {"LARETS_IN_NAMESPACE": "1", "LARETS_SHARED": str(shared)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert inner.returncode == 0, inner.stdout[-3000:]
    assert "4 passed" in inner.stdout
