"""The soak of the door: that it asks all it says it asks, and fails where it should."""

from collections import Counter
from pathlib import Path

import pytest

from tests.soak_door import Asked, failed, soak, told

SEEN = [(float(second), 100.0) for second in range(101)]


def _asked() -> list[Asked]:
    return [
        Asked(Counter(chat=2, search=1), {"chat": [1.0, 3.0], "search": [0.1]}),
        Asked(Counter(chat=5), {"chat": [2.0] * 5}, waited=2),
    ]


def test_what_is_told() -> None:
    found = told(_asked(), SEEN)
    assert found["requests"] == {"chat": 7, "search": 1}
    assert (found["each_client"], found["turned_away"]) == ({"least": 3, "most": 5}, 2)
    assert found["seconds"]["chat"] == {"median": 2.0, "95": 3.0, "most": 3.0}
    assert found["megabytes"] == {
        "start": 100, "minutes": [100, 100], "end": 100, "slope": 0.0, "growth": 0.0
    }  # fmt: skip
    assert not failed(found | {"exit": 0})


def test_what_grows_or_fails_is_a_failure() -> None:
    loading = [(second, size if second >= 10 else 10.0) for second, size in SEEN]
    assert not failed(told(_asked(), loading) | {"exit": 0}), "models load in the first tenth"
    grown = [(second, size + second / 10) for second, size in SEEN]
    found = told(_asked(), grown) | {"exit": 0}
    assert found["megabytes"]["slope"] == pytest.approx(6)
    assert failed(found)
    wrong = [*_asked(), Asked(errors=["chat: 500"])]
    assert failed(told(wrong, SEEN) | {"exit": 0})
    assert failed(told(_asked(), SEEN) | {"exit": 1})


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.timeout(240)
def test_twenty_seconds_without_an_error(tmp_path: Path, embedding_model: Path) -> None:
    found = soak(1 / 3, 3, tmp_path)
    assert (found["errors"], found["first_errors"], found["exit"]) == (0, [], 0)
    assert set(found["requests"]) == {"chat", "stream", "search", "documents", "mcp"}
    assert found["each_client"]["least"] * 2 >= found["each_client"]["most"]
