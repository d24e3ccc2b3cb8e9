"""What is counted of two that answer without their names."""

import pytest

from app.domain.exams.blind import Preference, Tally, Variant, is_of, tally_of

NOW, BEFORE = Variant("a", "Staff", 3, "m"), Variant("a", "Staff", 2, "m")


def test_each_choice_is_counted_once() -> None:
    tally = Tally(NOW, BEFORE)
    for preference in Preference:
        tally = tally.counted(preference)
    assert (tally.wins, tally.losses, tally.alike, tally.bad) == (1, 1, 1, 1)
    assert (tally.asked, tally.ties) == (4, 2)


def test_ties_say_nothing_of_who_is_better() -> None:
    tally = Tally(NOW, BEFORE, wins=8, losses=2, alike=50)
    # Wilson's interval of 8 of 10, e.g. from statsmodels' proportion_confint(method="wilson").
    assert tally.interval == pytest.approx((0.490, 0.943), abs=0.001)
    assert Tally(NOW, BEFORE, alike=9).interval == (0.0, 1.0)


def test_the_same_two_are_found_in_either_order() -> None:
    kept = [Tally(BEFORE, Variant(), 9), Tally(NOW, BEFORE, wins=3, losses=1, bad=2)]
    found = tally_of(kept, BEFORE, NOW)
    assert (found.one, found.wins, found.losses, found.bad) == (BEFORE, 1, 3, 2)
    assert found.ordered() == kept[1]
    assert is_of(kept[1], BEFORE, NOW)
    assert not is_of(kept[0], BEFORE, NOW)
    renamed = Variant("a", "People", 3, "m")
    assert tally_of(kept, renamed, BEFORE).wins == 3
    assert tally_of(kept, renamed, BEFORE).one.name == "People"
    other = Variant("a", "Staff", 3, "another model")
    assert tally_of(kept, other, BEFORE).asked == 0
