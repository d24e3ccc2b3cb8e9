"""The mutations of `python -m tests.mutations` still fit the code; running them takes minutes."""

import pytest

from tests.habits import ROOT
from tests.mutations import MUTATIONS, Mutation


def test_there_are_twenty() -> None:
    assert len({mutation.behaviour for mutation in MUTATIONS}) == len(MUTATIONS) >= 20


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.behaviour)
def test_each_edit_has_its_place_and_its_tests(mutation: Mutation) -> None:
    text = (ROOT / "app" / mutation.file).read_text("utf-8")
    assert text.count(mutation.before) == 1
    assert mutation.before != mutation.after
    for tests in mutation.tests:
        assert (ROOT / "tests" / tests).exists()
