"""An assistant as a file: what it holds, and what becomes of it in another workspace."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.assistants import AdapterStrength, AnswerLanguage, Assistant, Tone
from app.domain.chat.variables import Variable
from app.domain.errors import AccessDenied, FileMissing, ForbiddenByPolicy, NotAnAssistant
from app.domain.policies import Policy
from tests.services.conftest import House


def _full(house: House) -> Assistant:
    adapter = house.services.adapters.add(house.file("manner.gguf", b"GGUF adapter")).id
    law = house.services.library.create("Law").id
    return house.services.assistants.create(
        Assistant(
            "", "Юрист", "scale", "Quote {company}.\nBe exact.", Tone.FORMAL, 0.35, 1024, (law,),
            (AdapterStrength(adapter, 0.85),), False, AnswerLanguage.RUSSIAN,
            variables=(Variable("company", "Larets"),),
        )
    )  # fmt: skip


def test_it_comes_back_as_it_was_under_the_next_free_name(house: House) -> None:
    made, file = _full(house), house.file("lawyer.json", "")
    house.services.assistant_files.export(made, file)
    written = file.read_text("utf-8")
    assert made.id not in written
    assert made.collections[0] not in written
    assert made.adapters[0].adapter not in written
    told = json.loads(written)
    assert (told["version"], told["collections"]) == (1, ["Law"])
    taken = house.services.assistant_files.take_in(file)
    assert (taken.missing_collections, taken.missing_adapters) == ((), ())
    back = taken.assistant
    assert (back.name, back.id != made.id) == ("Юрист 2", True)
    assert replace(back, id=made.id, name=made.name) == made


def test_what_is_missing_here_is_said_and_never_all_instead(house: House) -> None:
    made, file = _full(house), house.file("lawyer.json", "")
    services = house.services
    services.assistant_files.export(made, file)
    services.library.delete(made.collections[0])
    services.adapters.remove("manner")
    taken = services.assistant_files.take_in(file)
    assert (taken.missing_collections, taken.missing_adapters) == (("Law",), ("manner",))
    services.library.add([house.file("pump.txt", "The oil filter is changed every 500 hours.")])
    question = "When is the oil filter changed?"
    conversation = services.conversations.begin(question, taken.assistant.id)
    assert house.ask(question, conversation).sources == ()
    services.assistant_files.export(made, file)
    assert json.loads(file.read_text())["collections"] == ["?"], "it had one, whatever its name"


@pytest.mark.parametrize(
    "text", ["", "{}", '{"form":"larets-assistant","version":2,"name":"A"}', '{"form":"x"', "[1]",
             '{"form":"other","version":1,"name":"A"}',
             '{"form":"larets-assistant","version":1,"name":"A","tone":"loud"}'],
)  # fmt: skip
def test_another_file_makes_none(house: House, text: str) -> None:
    with pytest.raises(NotAnAssistant):
        house.services.assistant_files.take_in(house.file("a.json", text))
    with pytest.raises(FileMissing):
        house.services.assistant_files.take_in(Path("nowhere.json"))
    assert house.services.assistants.all() == []


def test_a_small_file_has_the_usual_values(house: House) -> None:
    file = house.file("a.json", '{"form":"larets-assistant","version":1,"name":"A"}')
    made = house.services.assistant_files.take_in(file).assistant
    assert made == Assistant(made.id, "A")


def test_a_place_without_a_value_comes_in_and_is_said(house: House) -> None:
    told = {
        "form": "larets-assistant", "version": 1, "name": "A",
        "instruction": "{company}, {legal department}, {date}",
        "variables": [{"name": "Company", "value": "Larets"}, {"name": "gone", "value": "x"}],
    }  # fmt: skip
    taken = house.services.assistant_files.take_in(house.file("a.json", json.dumps(told)))
    assert taken.missing_values == ("legal department",)
    assert taken.assistant.variables == (
        Variable("company", "Larets"),
        Variable("legal department"),
    )


def test_roles_and_policies_hold(open_house: Callable[..., House]) -> None:
    house = open_house()
    made, file = _full(house), house.file("lawyer.json", "")
    house.services.assistant_files.export(made, file)
    house.services.administration.policies.decide(Policy.EXPORT, "off")
    with pytest.raises(ForbiddenByPolicy):
        house.services.assistant_files.export(made, file)
    with pytest.raises(AccessDenied):
        open_house("Rita").services.assistant_files.take_in(file)
