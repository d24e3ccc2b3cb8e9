"""One question to the base and to an adapter."""

from collections.abc import Callable, Sequence

import pytest

from app.domain.chat.conversation import AnswerState
from app.domain.errors import Cancelled
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.services.chat.adapter_compare import Both
from tests.services.conftest import House

LEAVE = "Every employee is entitled to 28 calendar days of paid leave each year."


class Heard(NoControl):
    def __init__(self, stop: bool = False) -> None:
        self.told: list[object] = []
        self._stop = stop

    def report(self, progress: object) -> None:
        self.told.append(progress)
        self.cancelled = self._stop

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled


@pytest.fixture
def adapted(open_house: Callable[..., House]) -> House:
    """The model says otherwise while an adapter speaks."""
    chat = FakeChat()

    def reply(_: Sequence[Turn]) -> str:
        speaks = bool(chat.adapted and chat.adapted[-1])
        return "28 calendar days of paid leave [1]." if speaks else "Some weeks [1]."

    chat._reply = reply
    house = open_house(chat=chat)
    file = house.file("leave.txt", LEAVE)
    house.services.library.add([file], NoControl())
    house.services.adapters.add(house.file("manner.gguf", b"GGUF adapter"))
    return house


def test_both_from_the_same_passages(adapted: House) -> None:
    services, heard = adapted.services, Heard()
    (adapter,) = services.adapters.all()
    both = services.compare.ask("How many days of paid leave?", adapter.id, 0.5, heard)
    assert both.adapted is not None
    assert (both.base.text, both.adapted.text) == (
        "Some weeks [1].", "28 calendar days of paid leave [1].",
    )  # fmt: skip
    assert both.base.sources == both.adapted.sources
    assert [each.supported for each in both.adapted.citations] == [True]
    assert [each.supported for each in both.base.citations] == [False]
    assert heard.told == [Both(both.base)], "and nothing of what either writes"
    scales = [[each.scale for each in chosen] for chosen in adapted.chat.adapted]
    assert scales[-1] == [0.5]
    assert services.conversations.all() == []
    assert services.adapters.all() == [adapter], "its strength for the chat stays as it was"


def test_a_stop_drops_the_second(adapted: House) -> None:
    heard = Heard(stop=True)
    (adapter,) = adapted.services.adapters.all()
    with pytest.raises(Cancelled):
        adapted.services.compare.ask("How many days of paid leave?", adapter.id, 1.0, heard)
    assert len(heard.told) == 1


def test_without_passages_no_model_is_asked(house: House) -> None:
    both = house.services.compare.ask("How many days?", "a", 1.0, NoControl())
    assert both.adapted is not None
    assert both.base.state == both.adapted.state == AnswerState.ABSTAINED
    assert house.chat.asked == []
