"""Two hundred damaged model files, each tried as the program tries a new one.

Every one must end in facts or in UnusableModel, within its time, and leave no process behind. The
counts keep the test honest: damage to what llama.cpp has to read must be refused, damage to the
weights' numbers alone cannot be noticed by anybody.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest
from gguf import GGUFReader

from app.domain.errors import UnusableModel
from app.engines.llama.smoke_test import try_model
from tests.tiny_gguf import write_tiny

pytestmark = pytest.mark.slow

SECONDS = 10.0
#: As many as the smallest machine has cores: most of a try is the start of its child.
AT_ONCE = 2
_WRONG = (0, 1, 7, 255, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)
_WRONG_LENGTHS = (*_WRONG, 1 << 33, 1 << 40, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)


@dataclass(frozen=True, slots=True)
class Whole:
    """An unharmed file, and where to hurt it: bytes from its start.

    After 24 bytes (magic, version, counts) come metadata and list of tensors up to `header`, then
    the weights. `words` has for every field the (place, size) of its integers: lengths of keys,
    strings and arrays, numbers of types, dimensions, offsets.
    """

    data: bytes
    header: int
    words: tuple[tuple[tuple[int, int], ...], ...]


def whole(path: Path) -> Whole:
    reader = GGUFReader(path)
    fields = [*reader.fields.values(), *(tensor.field for tensor in reader.tensors)]
    words = []
    for field in fields:
        ends = [field.offset]
        for part in field.parts:
            ends.append(ends[-1] + part.nbytes)
        words.append(tuple(
            (place + part.itemsize * number, part.itemsize)
            for place, part in zip(ends, field.parts, strict=False)
            if part.dtype.kind == "u" and part.itemsize > 1
            for number in range(len(part))
        ))  # fmt: skip
    return Whole(path.read_bytes(), int(reader.data_offset), tuple(words))


Harm = Callable[[Whole, random.Random], bytes]


def cut(file: Whole, chance: random.Random, *, header: bool) -> bytes:
    first, last = (0, file.header) if header else (file.header, len(file.data))
    return file.data[: chance.randrange(first, last)]


def flip(file: Whole, chance: random.Random, *, first: int, last: int) -> bytes:
    """One bit between two places."""
    harmed = bytearray(file.data)
    harmed[chance.randrange(first, last)] ^= 1 << chance.randrange(8)
    return bytes(harmed)


def lie(file: Whole, chance: random.Random, *, size: int) -> bytes:
    """A wrong value in one integer of `size` bytes, or one off by one; each field as likely."""
    fields = [[word for word in field if word[1] == size] for field in file.words]
    place, _ = chance.choice(chance.choice([field for field in fields if field]))
    right = int.from_bytes(file.data[place : place + size], "little")
    wrong = [*(_WRONG if size == 4 else _WRONG_LENGTHS), right + 1, right - 1]
    value: int = chance.choice([each for each in wrong if 0 <= each != right])
    return file.data[:place] + value.to_bytes(size, "little") + file.data[place + size :]


def scribble(file: Whole, chance: random.Random) -> bytes:
    """Noise over up to 64 bytes of the header."""
    place = chance.randrange(file.header - 64)
    noise: bytes = chance.randbytes(chance.randrange(2, 64))
    return file.data[:place] + noise + file.data[place + len(noise) :]


def untouched(file: Whole, chance: random.Random) -> bytes:
    return file.data


@dataclass(frozen=True, slots=True)
class Kind:
    """`count` files harmed alike, of which at least so many must be refused and accepted."""

    name: str
    count: int
    harm: Harm
    refused: int
    accepted: int


def kinds(file: Whole) -> Sequence[Kind]:
    """Harm that is seen by chance only is held to what seeds 1 to 3 gave, less a margin."""
    end = file.header
    return (
        Kind("untouched", 1, untouched, 0, 1),
        Kind("cut in the header", 30, partial(cut, header=True), 30, 0),
        Kind("cut in the weights", 30, partial(cut, header=False), 30, 0),
        Kind("bit in the counts", 20, partial(flip, first=0, last=24), 15, 0),
        Kind("bit in the header", 50, partial(flip, first=24, last=end), 25, 5),
        Kind("bit in the weights", 10, partial(flip, first=end, last=len(file.data)), 0, 10),
        Kind("wrong length", 40, partial(lie, size=8), 36, 0),
        Kind("wrong type or value", 30, partial(lie, size=4), 22, 0),
        Kind("noise in the header", 20, scribble, 14, 0),
    )


def outcome(path: Path) -> str:
    """Facts or UnusableModel; anything else that try_model raises goes through."""
    try:
        facts = try_model(str(path), SECONDS)
    except UnusableModel as damaged:
        return "refused" if damaged.facts["name"] == path.name else "blamed on another"
    assert facts.shape.size == path.stat().st_size
    return "accepted"


def harmed(file: Whole, folder: Path, seed: int) -> Iterator[tuple[str, Path]]:
    chance = random.Random(seed)
    for kind in kinds(file):
        for number in range(kind.count):
            path = folder / f"{kind.name} {number}.gguf"
            path.write_bytes(kind.harm(file, chance))
            yield kind.name, path


def test_whatever_a_file_holds_it_is_accepted_or_refused(tmp_path: Path) -> None:
    file = whole(write_tiny(tmp_path / "whole.gguf"))
    assert outcome(tmp_path / "whole.gguf") == "accepted"
    before = set(psutil.Process().children(recursive=True))  # multiprocessing keeps one of its own
    files = list(harmed(file, tmp_path, seed=1))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(outcome, [path for _, path in files]))
    assert set(psutil.Process().children(recursive=True)) <= before
    seen = Counter(zip((name for name, _ in files), outcomes, strict=True))
    assert len(files) > 200
    assert set(outcomes) == {"accepted", "refused"}
    for kind in kinds(file):
        assert seen[kind.name, "refused"] >= kind.refused, (kind.name, seen)
        assert seen[kind.name, "accepted"] >= kind.accepted, (kind.name, seen)
