"""An answer in pieces says the same as the whole one, whatever the check made of it."""

import json

import pytest

from app.domain.chat.conversation import AnswerState, Citation, Message, Speaker
from app.domain.errors import UnreadableRequest
from app.interface.openai import AnswerShape, question
from app.interface.requests import Completion, Part, Turn

NOTHING = "The documents do not answer this question."


def answer(text: str, state: AnswerState = AnswerState.DONE, *cited: Citation) -> Message:
    return Message(0, Speaker.ASSISTANT, text, 0.0, state, citations=cited)


def streamed(pieces: list[str], message: Message) -> str:
    shape = AnswerShape("larets", "Sources:", NOTHING)
    data = b"".join([shape.first(), *map(shape.piece, pieces), shape.last(message, usage=False)])
    events = [line.removeprefix("data: ") for line in data.decode().split("\n\n") if line]
    assert events.pop() == "[DONE]"
    frames = [json.loads(event) for event in events]
    assert frames[-1]["choices"][0]["finish_reason"]
    assert frames[-1]["larets"]["abstained"] == (message.state is AnswerState.ABSTAINED)
    return "".join(each["choices"][0]["delta"].get("content", "") for each in frames)


@pytest.mark.parametrize(
    ("pieces", "message", "said"),
    [
        (["It ", "is."], answer("It is."), "It is."),
        ([], answer("It is."), "It is."),
        (["It "], answer("It is."), "It is."),
        ([], answer("", AnswerState.ABSTAINED), NOTHING),
        (["It ", "is."], answer("", AnswerState.ABSTAINED), f"It is.\n\n{NOTHING}"),
        (["It ", "is."], answer("Other.", AnswerState.QUOTED), "It is.\n\nOther."),
        (["It is", ". "], answer("It is.", AnswerState.DONE, Citation(1, 5, "It is.", 0, 6, True)),
         "It is. "),
    ],
)  # fmt: skip
def test_what_was_streamed_is_completed(pieces: list[str], message: Message, said: str) -> None:
    assert streamed(pieces, message) == said


def test_the_last_turn_is_the_question_and_pairs_before_it_the_conversation() -> None:
    turns = (
        Turn("system", "Be brief."),
        Turn("user", "First?"),
        Turn("assistant", "Yes."),
        Turn("user", "Never answered."),
        Turn("user", (Part("text", "And"), Part("image_url"), Part("text", "then?"))),
    )
    asked = question(Completion(turns, model="Wages", max_completion_tokens=9))
    assert (asked.text, asked.assistant, asked.max_tokens) == ("And\nthen?", "Wages", 9)
    assert [(each.question, each.answer) for each in asked.history] == [("First?", "Yes.")]


@pytest.mark.parametrize("last", [Turn("assistant", "Yes."), Turn("user", " "), Turn("user")])
def test_without_a_question_nothing_is_asked(last: Turn) -> None:
    with pytest.raises(UnreadableRequest):
        question(Completion((last,)))
