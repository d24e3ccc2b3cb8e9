"""Two answers without names: made as the chat makes them, in an order that chance chooses."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from app.domain.chat.assistants import AdapterStrength, Assistant
from app.domain.errors import AssistantMissing, Cancelled, NothingToCompare, VersionMissing
from app.domain.exams.blind import Preference, Variant
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.services.exams.blind import BlindAnswers
from tests.services.conftest import House
from tests.services.controls import Recording

PUMP = "The pump delivers 120 litres a minute. Change the oil filter every 500 hours."
ASKED = "When is the oil filter changed?"


def _reply(turns: Sequence[Turn]) -> str:
    hours = 500 if "Be exact." in turns[0].text else 700
    return f"The oil filter is changed every {hours} hours [1]."


@pytest.fixture
def filled(open_house: Callable[..., House]) -> House:
    house = open_house(chat=FakeChat(_reply))
    house.services.library.add([house.file("pump.txt", PUMP)])
    return house


@pytest.fixture
def made(filled: House) -> Assistant:
    return filled.services.assistants.create(Assistant("", "Manuals", instruction="Be exact."))


def _told(found: BlindAnswers) -> dict[str, str]:
    """Answers by who gave them."""
    named = (each.name for each in found.variants)
    return dict(zip(named, (each.text for each in found.answers), strict=True))


def test_both_answer_as_they_would_in_chat(filled: House, made: Assistant) -> None:
    services = filled.services
    manuals, nobody = Variant(made.id, made.name), Variant()
    control = Recording()
    found = services.blind.ask(ASKED, manuals, nobody, control)
    told = _told(found)
    assert "500 hours" in told["Manuals"]
    assert "700 hours" in told[""]
    assert [each.model for each in found.variants] == ["fake-chat", "fake-chat"]
    assert {each.segment.name for answer in found.answers for each in answer.cited} == {"pump.txt"}
    (first,) = [each for each in control.seen if isinstance(each, BlindAnswers)]
    assert (first.variants, first.answers) == (found.variants, found.answers[:1])
    assert services.conversations.all() == []


def test_the_order_is_chance(filled: House, made: Assistant) -> None:
    pair = Variant(made.id, made.name), Variant()
    firsts = {
        filled.services.blind.ask(ASKED, *pair, NoControl()).variants[0].name for _ in range(20)
    }
    assert firsts == {"Manuals", ""}, "one of a million tries would see one order alone"


def test_a_former_version_answers_as_it_did(filled: House, made: Assistant) -> None:
    services = filled.services
    services.assistants.change(replace(made, instruction="Be quick."))
    now, before = Variant(made.id, made.name), Variant(made.id, made.name, 1)
    found = services.blind.ask(ASKED, now, before, NoControl())
    told = {
        each.version: answer.text
        for each, answer in zip(found.variants, found.answers, strict=True)
    }
    assert "700 hours" in told[2]
    assert "500 hours" in told[1]
    with pytest.raises(VersionMissing):
        services.blind.ask(ASKED, now, replace(now, version=9), NoControl())


def test_without_adapters_none_speaks(filled: House, made: Assistant) -> None:
    services = filled.services
    adapter = services.adapters.add(filled.file("manner.gguf", b"GGUF adapter")).id
    changed = services.assistants.change(replace(made, adapters=(AdapterStrength(adapter, 0.5),)))
    own = Variant(changed.id, changed.name)
    found = services.blind.ask(ASKED, own, replace(own, bare=True), NoControl())
    scales = [[each.scale for each in adapted] for adapted in filled.chat.adapted]
    # The model hears only of what changes.
    assert scales == ([[0.5]] if found.variants[0].bare else [[0.5], []])


def test_the_same_twice_is_no_comparison(filled: House, made: Assistant) -> None:
    own = Variant(made.id, made.name)
    for same in (own, replace(own, version=1), replace(own, model="fake-chat")):
        with pytest.raises(NothingToCompare):
            filled.services.blind.ask(ASKED, own, same, NoControl())
    with pytest.raises(AssistantMissing):
        filled.services.blind.ask(ASKED, own, Variant("gone", "Gone"), NoControl())
    assert filled.chat.asked == []


def test_a_stopped_comparison_has_no_answers(filled: House, made: Assistant) -> None:
    control = Recording(lambda report: isinstance(report, BlindAnswers))
    with pytest.raises(Cancelled):
        filled.services.blind.ask(ASKED, Variant(made.id, made.name), Variant(), control)
    assert filled.services.blind.tallies() == []


def test_choices_are_counted_and_kept_with_the_profile(
    open_house: Callable[..., House], filled: House, made: Assistant
) -> None:
    blind = filled.services.blind
    for _ in range(4):
        found = blind.ask(ASKED, Variant(made.id, made.name), Variant(), NoControl())
        first = found.variants[0].assistant == made.id
        blind.judge(found.variants, Preference.FIRST if first else Preference.SECOND)
    tally = blind.judge(found.variants, Preference.BAD)
    assert (tally.one.name, tally.wins, tally.losses, tally.ties) == ("Manuals", 4, 0, 1)
    again = open_house().services.blind
    (kept,) = again.tallies()
    assert kept == tally
    assert open_house("Egor").services.blind.tallies() == [], "each counts for himself"
    blind = open_house().services.blind
    blind.reset()
    assert blind.tallies() == []
