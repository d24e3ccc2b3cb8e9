"""Guesses from the prompt, alone and under the real tiny model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.base import CacheSequence
from app.engines.llama.chat_model import Llama
from app.engines.llama.prompt_lookup import GUESSED, PromptLookup
from app.engines.turns import Turn, TurnKind

_TEXT = "The lantern of the northern lighthouse is lit at a quarter past six in the evening. "
#: A tiny model goes on copying what it has copied so often.
_COPYING = [Turn(TurnKind.USER, "Say this again and again: " + _TEXT * 6)]
_GREEDY = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=60)


def test_what_followed_last_is_guessed() -> None:
    lookup = PromptLookup([1, 2, 3, 4, 5, 1, 2, 3, 9, 8, 7, 6, 0])
    assert lookup.guess() == []
    for token in (1, 2, 3):
        lookup.add(token)
    assert lookup.guess() == [9, 8, 7, 6][:GUESSED]


def test_tokens_that_never_stood_together_lead_to_no_guess() -> None:
    lookup = PromptLookup([1, 2, 3, 4])
    lookup.add(3)
    lookup.add(2)
    assert lookup.guess() == []


@pytest.fixture(scope="module")
def model(chat_model: Path) -> Iterator[Llama]:
    opened = Llama(str(chat_model), Placement(context=4096, threads=1))
    yield opened
    opened.close()


def _decodes(model: Llama, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the decodes from now on."""
    sizes: list[int] = []
    decode = model._decode

    def counted(tokens: list[int], slot: CacheSequence, outputs: int) -> bool:
        sizes.append(len(tokens))
        return decode(tokens, slot, outputs)

    monkeypatch.setattr(model, "_decode", counted)
    return sizes


@pytest.mark.model
def test_a_copied_answer_takes_fewer_decodes_and_says_the_same(
    model: Llama, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = _decodes(model, monkeypatch)
    copied = model.stream(_COPYING, _GREEDY, NoControl())
    with_guesses = len(sizes)
    assert max(sizes[1:]) > 1
    model.cache.clear()
    monkeypatch.setattr("app.engines.llama.prompt_lookup.GUESSED", 0)
    plain = model.stream(_COPYING, _GREEDY, NoControl())
    assert plain.text == copied.text
    assert with_guesses < len(sizes) - with_guesses


@pytest.mark.model
@pytest.mark.parametrize("stop", ["northern", "light", "past"])
def test_guesses_beyond_the_end_are_taken_back(model: Llama, stop: str) -> None:
    model.cache.clear()
    sampling = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=60, stop=(stop,))
    model.stream(_COPYING, sampling, NoControl())
    held = model.cache.tokens(CacheSequence.CHAT)
    last = model.native.llama_memory_seq_pos_max(model.cache._memory, 0)
    assert last + 1 == len(held)
    prompt = model.tokens(_COPYING)
    assert held[: len(prompt)] == prompt


@pytest.mark.model
def test_an_answer_is_no_longer_than_it_may_be(model: Llama) -> None:
    for most in (1, 2, 3, 7, 18):
        sampling = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=most)
        assert model.stream(_COPYING, sampling, NoControl()).generated_tokens <= most
