"""A conversation as it reaches a screen reader, over the bus that Orca listens to."""

from pathlib import Path

import pytest

from tests.tour import dump
from tests.tour.conftest import PASSWORD
from tests.tour.eyes import Part
from tests.tour.tour import Tour

pytestmark = [pytest.mark.slow, pytest.mark.model]

QUESTION = "How many days of leave does an employee get?"
SOURCE = "source 1, Employee handbook.pdf, page 1"


def _names(tree: Part, role: str) -> list[str]:
    return [part.name for part in tree.walk() if part.role == role]


def test_a_conversation_is_told_whole(tour: Tour, tmp_path: Path) -> None:
    tree, heard = dump.conversation(tour, PASSWORD, QUESTION)
    (tmp_path / "conversation.txt").write_text(dump.text(tree, heard), encoding="utf-8")
    turns, sentences, acts = (_names(tree, role) for role in ("panel", "label", "push button"))
    assert turns == ["Question", "Answer. No chat model here: these sentences come nearest."]
    assert sentences[0] == QUESTION
    first = "Every employee is entitled to 28 calendar days of paid annual leave."
    assert sentences[1] == f"{first} ({SOURCE})"
    assert f"{SOURCE}: {first}" in acts
    assert f"Open {SOURCE}" in acts
    for act in (
        "Copy", "Answer again, beside this answer", "Quote in the next question", "More",
    ):  # fmt: skip
        assert act in acts
    thumbs = [part for part in tree.walk() if part.role == "check box"]
    assert [each.name for each in thumbs] == ["A good answer", "A bad answer: say how it should be"]
    assert not any("CHECKED" in each.states for each in thumbs)
    focusable = [*thumbs, *(part for part in tree.walk() if part.role == "push button")]
    assert all({"ENABLED", "FOCUSABLE"} <= part.states for part in focusable)
    assert heard == [dump.BEGUN, turns[1]]
