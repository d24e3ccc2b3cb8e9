"""The window on what speaks for an answer: a quotation at once, doubt in words, another way."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    LookedAt,
    Message,
    QuestionKind,
    Quotation,
    Segment,
    Source,
    Speaker,
    TextSpan,
)
from app.domain.library.documents import Locator
from app.ui.chat.transcript.answer_entry import AnswerEntry
from app.ui.chat.transcript.entry import BranchPosition
from tests.ui.conftest import Desk
from tests.ui.test_chat import _page

TEXT = "The rent is 212 000 roubles a month. It is paid by the 10th."
PLACE = Locator(0, len(TEXT), page=2)
SOURCE = Source(1, Segment("d", "Lease.pdf", "p", TEXT, "Lease", PLACE, PLACE, (1,), 0.9, 0.9, 0.5))
QUOTED = Quotation(TEXT[:36], 1, 0, 36, answers=True, met=0.9)
WRITING = Message(
    0, Speaker.ASSISTANT, "", 0.0, AnswerState.WRITING, sources=(SOURCE,), quotation=QUOTED
)
CITED = (Citation(1, 5, TEXT[:36], 0, 36, supported=True),)


def entry(desk: Desk, message: Message) -> AnswerEntry:
    page = _page(desk)
    made = AnswerEntry(page._theme, message, BranchPosition(), page._words)
    made.lay_out(480)
    return made


def acts(made: AnswerEntry) -> set[str]:
    return {name for name in ("enough", "anyway", "look-up", "read-all") if made.can(name)}


def test_a_quotation_stands_there_until_the_model_has_spoken(unlocked: Desk) -> None:
    made = entry(unlocked, WRITING)
    assert made._quotation is not None
    assert acts(made) == {"enough"}
    begun = entry(unlocked, replace(WRITING, text="The rent"))
    assert begun._quotation is not None
    assert acts(begun) == set()
    done = replace(WRITING, id=7, text="212 000", state=AnswerState.DONE, citations=CITED)
    assert entry(unlocked, done)._quotation is None


def test_a_quotation_opens_its_page(unlocked: Desk) -> None:
    made = entry(unlocked, WRITING)
    assert made._quotation is not None
    hit = made.hit(made._quotation._area.center())
    assert hit is not None
    assert (hit.act, hit.number) == ("card", 1)


def test_what_no_passage_confirms_is_shown_as_that(unlocked: Desk) -> None:
    message = replace(WRITING, id=7, text="The director earns 5.", state=AnswerState.DONE)
    made = entry(unlocked, message)
    assert made._notice is not None
    assert made._quotation is not None, "what the documents do say stands below"
    confirmed = replace(message, citations=CITED)
    assert entry(unlocked, confirmed)._notice is None


def test_an_abstention_is_no_empty_line(unlocked: Desk) -> None:
    message = replace(WRITING, id=7, state=AnswerState.ABSTAINED)
    made = entry(unlocked, message)
    assert made._notice is not None
    assert acts(made) == {"anyway"}
    assert len(made._cards) == 1
    bare = entry(unlocked, replace(message, sources=(), quotation=None))
    assert bare._notice is not None
    assert acts(bare) == set()


def test_how_a_question_was_understood_can_be_changed(unlocked: Desk) -> None:
    message = replace(
        WRITING, id=7, text="- Lease: 212 000", state=AnswerState.STOPPED, citations=CITED,
        kind=QuestionKind.LIST, looked_at=LookedAt(8, 5),
    )  # fmt: skip
    made = entry(unlocked, message)
    assert acts(made) == {"look-up"}
    words = _page(unlocked)._words
    assert "8" in words.plan(message)
    assert "5" in words.looked_at(message)
    assert words.looked_at(replace(message, looked_at=LookedAt(8, 8))) == ""


def test_a_quotation_arrives_in_the_transcript(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    page.transcript.begin_answer(replace(WRITING, sources=(), quotation=None), "Looking…")
    page.transcript.show_quotation(QUOTED, (SOURCE,))
    writing = page.transcript._writing
    assert writing is not None
    assert writing._quotation is not None
    page.transcript.write("The rent is 212 000 roubles.")
    qtbot.waitUntil(lambda: bool(writing.message.text), timeout=2000)
    assert writing.message.quotation == QUOTED
    assert TextSpan(0, 36) == TextSpan(QUOTED.start, QUOTED.end)
