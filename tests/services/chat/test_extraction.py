"""Answers without a chat model: quoted sentences, each with its citation."""

from pathlib import Path
from shutil import rmtree

import pytest

from app.domain.chat.conversation import AnswerPiece, AnswerState, PromptRead
from app.domain.errors import DamagedModel
from app.domain.progress import NoControl
from tests.services.conftest import House
from tests.services.controls import Recording

MANUAL = (
    "The pump stands in hall three. Change the oil filter every 500 hours. "
    "Paint it green when it is old. The filter costs little."
)


@pytest.fixture
def quoting(house: House) -> House:
    """Without a chat model, with a document."""
    rmtree(house.paths.kit / "fake-chat")
    house.services.models.discover()
    house.services.library.add([house.file("pump.txt", MANUAL)], NoControl())
    return house


def test_the_nearest_sentences_are_quoted(quoting: House) -> None:
    control = Recording()
    answer = quoting.ask("When is the oil filter changed?", control=control)
    assert answer.state == AnswerState.QUOTED
    assert "> Change the oil filter every 500 hours." in answer.text
    assert "green" not in answer.text
    for cited in answer.citations:
        source = next(each for each in answer.sources if each.number == cited.number)
        assert source.segment.text[cited.quote_start : cited.quote_end] == cited.quote
        assert answer.text[: cited.at].endswith(cited.quote)
        assert cited.supported
    assert not any(isinstance(each, PromptRead | AnswerPiece) for each in control.seen)
    assert answer.model == ""


def test_it_is_stored_and_no_part_of_a_later_prompt_breaks(quoting: House) -> None:
    quoting.ask("When is the oil filter changed?")
    (conversation,) = quoting.services.conversations.all()
    answer = quoting.services.conversations.messages(conversation.id)[-1]
    assert (answer.state, bool(answer.citations)) == (AnswerState.QUOTED, True)


def test_nothing_near_is_no_quotation(quoting: House) -> None:
    quoting.services.library.remove([each.id for each in quoting.services.library.documents()])
    assert quoting.ask("Anything?").state == AnswerState.ABSTAINED


def test_a_damaged_model_is_told_and_not_papered_over(house: House, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise DamagedModel(name="fake")

    house.services.library.add([house.file("pump.txt", MANUAL)], NoControl())
    object.__setattr__(house.services.inference._engines, "open_chat", refuse)
    with pytest.raises(DamagedModel):
        house.ask("When is the oil filter changed?")
