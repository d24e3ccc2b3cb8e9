"""Conversations kept warm beside the open one, within a budget, in this session and the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.base import CacheSequence
from app.engines.llama.chat_model import Llama
from app.engines.turns import Turn, TurnKind

pytestmark = pytest.mark.model
GREEDY = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=40)
SYSTEM = Turn(TurnKind.SYSTEM, "You answer briefly.")


def conversation(topic: str) -> list[Turn]:
    return [SYSTEM, Turn(TurnKind.USER, f"Tell me of {topic}. " + f"What about {topic}? " * 40)]


SEA, HILLS = conversation("the sea"), conversation("high hills")


@pytest.fixture
def model(chat_model: Path) -> Iterator[Llama]:
    opened = Llama(str(chat_model), Placement(context=4096, threads=1))
    yield opened
    opened.close()


def follow_up(model: Llama, turns: list[Turn]) -> list[Turn]:
    said = model.stream(turns, GREEDY, NoControl())
    return [*turns, Turn(TurnKind.ASSISTANT, said.text), Turn(TurnKind.USER, "Go on.")]


def test_a_displaced_conversation_comes_back_unread(model: Llama) -> None:
    sea = follow_up(model, SEA)
    hills = follow_up(model, HILLS)
    expected = model.stream(hills, GREEDY, NoControl())
    assert expected.reused_tokens > model.count(HILLS[1].text)
    again = model.stream(sea, GREEDY, NoControl())
    assert again.reused_tokens > model.count(SEA[1].text)
    assert model.pending(hills) < 20
    back = model.stream(hills, GREEDY, NoControl())
    assert back.prompt_tokens - back.reused_tokens == 1
    assert back.text == expected.text


def test_parking_changes_no_word(model: Llama, chat_model: Path) -> None:
    sea = follow_up(model, SEA)
    follow_up(model, HILLS)
    parked = model.stream(sea, GREEDY, NoControl())
    alone = Llama(str(chat_model), Placement(context=4096, threads=1))
    try:
        assert follow_up(alone, SEA) == sea
        expected = alone.stream(sea, GREEDY, NoControl())
    finally:
        alone.close()
    assert parked.text == expected.text
    assert parked.reused_tokens == expected.reused_tokens


def test_the_budget_lets_the_oldest_go(model: Llama) -> None:
    model.stream(SEA, GREEDY, NoControl())
    model.cache.export_active()
    one = len(model.cache._exported[0].data)
    model.cache._parked_bytes = one * 5 // 2
    for topic in ("old towns", "high hills", "deep woods", "long roads"):
        model.stream(conversation(topic), GREEDY, NoControl())
    assert len(model.cache._exported) == 2
    assert model.pending(SEA) > 100  # only the shared beginning is left
    assert model.pending(conversation("deep woods")) < 20


def test_two_conversations_take_turns_in_room_for_one(model: Llama) -> None:
    sea = follow_up(model, SEA)
    model.cache.export_active()
    model.cache._parked_bytes = len(model.cache._exported[0].data) * 5 // 4
    hills = follow_up(model, HILLS)
    for turns in (sea, hills, sea, hills):
        again = model.stream(turns, GREEDY, NoControl())
        assert again.prompt_tokens - again.reused_tokens < 40
    assert sum(len(each.data) for each in model.cache._exported) <= model.cache._parked_bytes


def test_an_aside_parks_nothing(model: Llama) -> None:
    model.stream(SEA, GREEDY, NoControl())
    model.stream(HILLS, GREEDY, NoControl(), CacheSequence.AUXILIARY)
    model.stream(conversation("old towns"), GREEDY, NoControl(), CacheSequence.AUXILIARY)
    assert model.cache._exported == []
    assert model.pending(SEA) == 1


def test_a_longer_state_replaces_its_own_beginning(model: Llama) -> None:
    sea = follow_up(model, SEA)
    model.stream(HILLS, GREEDY, NoControl())
    model.stream(sea, GREEDY, NoControl())
    model.stream(HILLS, GREEDY, NoControl())
    tokens = [each.tokens for each in model.cache._exported]
    assert not any(a != b and b[: len(a)] == a for a in tokens for b in tokens)


def test_a_saved_conversation_is_not_read_again_in_another_session(
    model: Llama, chat_model: Path
) -> None:
    sea = follow_up(model, SEA)
    expected = model.stream(sea, GREEDY, NoControl())
    saved = model.export_state(sea)
    assert saved is not None
    tomorrow = Llama(str(chat_model), Placement(context=4096, threads=1))
    try:
        assert tomorrow.state_form == model.state_form
        assert tomorrow.pending(sea) > 200
        tomorrow.restore_state(saved)
        assert tomorrow.pending(sea) < 20
        answered = tomorrow.stream(sea, GREEDY, NoControl())
    finally:
        tomorrow.close()
    assert answered.reused_tokens > model.count(SEA[1].text)
    assert answered.text == expected.text


def test_hardly_anything_is_not_worth_saving(model: Llama) -> None:
    assert model.export_state(SEA) is None
    model.stream([Turn(TurnKind.USER, "Hello.")], Sampling(max_tokens=1), NoControl())
    assert model.export_state(SEA) is None
    model.restore_state(b"no state at all")
    assert model.stream(SEA, GREEDY, NoControl()).text


def test_what_was_allocated_is_told(model: Llama, chat_model: Path) -> None:
    told = model.memory
    assert told.weights >= chat_model.stat().st_size * 0.9
    assert told.kv == 30 * 3 * 64 * 2 * 2 * 4096  # layers, KV heads, head size, K and V, f16
    assert 0 < told.compute < 200 * 2**20
