"""Whatever a model file holds, trying it ends in facts or in DamagedModel, never in our own end."""

import random
from pathlib import Path

import pytest

from app.domain.errors import DamagedModel
from app.engines.trial import try_model

pytestmark = pytest.mark.model


def test_a_good_model_tells_of_itself(chat_model: Path) -> None:
    facts = try_model(str(chat_model))
    assert facts.architecture == "llama"
    assert facts.shape.context_length == 8192
    assert facts.shape.size == chat_model.stat().st_size


@pytest.mark.parametrize("kept", [0, 24, 1000, 60_000_000])
def test_one_cut_short_is_damaged(chat_model: Path, tmp_path: Path, kept: int) -> None:
    cut = tmp_path / "cut.gguf"
    with chat_model.open("rb") as file:
        cut.write_bytes(file.read(kept))
    with pytest.raises(DamagedModel) as failed:
        try_model(str(cut))
    assert failed.value.facts == {"name": "cut.gguf"}


def test_flipped_bits_in_the_header_bring_nobody_down(chat_model: Path, tmp_path: Path) -> None:
    """Some flips go unnoticed (a letter in a name); none may abort this process."""
    whole = bytearray(chat_model.read_bytes())
    chance = random.Random(14)
    outcomes = []
    for number in range(6):
        flipped = tmp_path / f"{number}.gguf"
        at = chance.randrange(8, 4000)
        whole[at] ^= 1 << chance.randrange(8)
        flipped.write_bytes(whole)
        whole[at] = chat_model.read_bytes()[at]
        try:
            outcomes.append(try_model(str(flipped), seconds=30).architecture != "")
        except DamagedModel:
            outcomes.append(False)
        flipped.unlink()
    assert len(outcomes) == 6


def test_one_that_hangs_is_given_up(chat_model: Path) -> None:
    with pytest.raises(DamagedModel):
        try_model(str(chat_model), seconds=0.01)
