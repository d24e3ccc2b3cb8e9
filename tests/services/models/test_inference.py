"""The open chat model: how it is opened, what is learnt of its speed, how much it may read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.errors import AccessDenied, ModelChanged, ModelMissing, OtherBaseModel
from app.domain.events import RunningChanged
from app.domain.models.model import ModelKind, Speed
from app.domain.progress import NoControl
from app.domain.settings import Preferences, PromptBudget
from app.engines.base import Finish, Generated, OpenedChat, Opening
from app.engines.fake import FakeChat
from tests.services.conftest import House


def generated(read: int, seconds: float, written: int = 20) -> Generated:
    return Generated("", Finish.END, read + 30, 30, written, seconds, 2.0)


def test_nothing_runs_until_it_is_needed(house: House) -> None:
    changes: list[RunningChanged] = []
    house.services.events.subscribe(RunningChanged, changes.append)
    inference = house.services.inference
    assert inference.running is None
    model, facts = inference.chat()
    assert inference.chat() == (model, facts)
    assert inference.running is not None
    assert inference.running.model == facts
    assert len(changes) == 1
    inference.unload()
    assert inference.running is None
    assert house.chat.closed


def test_a_choice_of_device_takes_effect_with_the_next_question(house: House) -> None:
    openings: list[Opening] = []
    engines = house.services.inference._engines
    usual = engines.open_chat

    def open_chat(opening: Opening, control: NoControl) -> OpenedChat:
        openings.append(opening)
        return usual(opening, control)

    object.__setattr__(engines, "open_chat", open_chat)
    house.services.inference.chat()
    house.services.preferences.choose(Preferences(use_graphics=False))
    house.services.inference.chat()
    house.services.inference.chat()
    assert [each.use_graphics for each in openings] == [True, False]


def test_the_speed_is_learnt_and_outlasts_the_session(open_house: Callable[..., House]) -> None:
    house = open_house()
    inference = house.services.inference
    inference.chat()
    inference.note(generated(10, 1.0))
    assert inference.running is not None
    assert inference.running.speed is None, "ten tokens tell nothing"
    inference.note(generated(200, 2.0))
    assert inference.running.speed == Speed(100.0, 10.0)
    inference.note(generated(200, 1.0))
    assert inference.running.speed == Speed(150.0, 10.0)
    reopened = open_house().services
    again, machine = reopened.inference, reopened.models.machine()
    _, model = again.chat()
    assert again.running is not None
    assert again.running.speed == again.speed(model, machine) == Speed(150.0, 10.0)


def test_a_benchmark_measures(house: House) -> None:
    speed = house.services.inference.benchmark(NoControl())
    assert house.services.inference.running is not None
    assert house.services.inference.running.speed == speed
    assert speed.prompt > 0


def test_passages_as_many_as_patience_allows(house: House) -> None:
    budget = PromptBudget()
    inference = house.services.inference
    assert inference.passage_room(0) == budget.usual, "nothing is open"
    inference.chat()
    assert inference.passage_room(0) == budget.usual, "nothing was measured"
    most = 4096 // 3
    inference._keep(Speed(100.0, 10.0))
    house.services.preferences.choose(Preferences(patience=5.0))
    assert inference.passage_room(0) == 500
    assert inference.passage_room(100) == 400
    assert inference.passage_room(10_000) == budget.least
    house.services.preferences.choose(Preferences(patience=60.0))
    assert inference.passage_room(0) == most
    inference._keep(Speed(1.0, 1.0))
    assert inference.passage_room(0) == budget.least


def test_a_slow_machine_reads_less_of_a_document(open_house: Callable[..., House]) -> None:
    house = open_house(chat=FakeChat(lambda turns: "The oil filter [1]. " + "so it is " * 20))
    parts = [f"The oil filter of pump {n}. " + f"word{n} " * 150 for n in range(6)]
    house.services.library.add([house.file("manual.txt", "\n\n".join(parts))], NoControl())
    house.services.inference.chat()
    house.services.inference._keep(Speed(1000.0, 10.0))
    many = house.ask("Summarise the document manual")
    house.services.inference._keep(Speed(20.0, 10.0))
    few = house.ask("Summarise the document manual")
    assert len(many.sources) > len(few.sources) >= 1
    assert few.looked_at is not None
    assert few.looked_at.read < few.looked_at.of, "and it is said"


def test_a_file_that_changed_is_not_opened(house: House) -> None:
    model = house.services.models.in_use(ModelKind.CHAT)
    assert model is not None
    house.services.inference.chat()
    house.services.inference.unload()
    weights = house.paths.kit / "fake-chat" / "model.gguf"
    weights.write_bytes(b"GGUF and other weights")
    with pytest.raises(ModelChanged):
        house.services.inference.chat()
    weights.write_bytes(b"GGUF and weights")
    assert house.services.inference.chat()[1] == model


def test_a_model_on_a_stick_that_is_away(house: House) -> None:
    path = house.file("stick/big.gguf", b"GGUF big")
    (model,) = house.services.imports.add(path, copy=False)
    assert model.path == str(path)
    assert not house.services.models.copied(model)
    house.services.models.use(model.name)
    assert house.services.inference.chat()[1].name == "big"
    house.services.inference.unload()
    path.rename(path.with_name("away.gguf"))
    house.services.models.discover()
    assert next(each.name for each in house.services.models.all() if each.in_use) == "big"
    with pytest.raises(ModelMissing):
        house.services.inference.chat()
    path.with_name("away.gguf").rename(path)
    assert house.services.inference.chat()[1].name == "big"


def test_adapters_speak_with_their_own_model_alone(house: House) -> None:
    adapters, inference = house.services.adapters, house.services.inference
    adapter = adapters.add(house.file("manner.gguf", b"GGUF adapter"))
    assert (adapter.name, adapter.scale) == ("manner", 0.0)
    inference.chat()
    assert house.chat.adapted == []
    adapters.use("manner", 0.7)
    inference.chat()
    inference.chat()
    ((given,),) = house.chat.adapted
    assert (given.data, given.scale, given.base) == (b"GGUF adapter", 0.7, adapter.base)
    assert inference.running is not None
    assert [each.name for each in inference.running.adapters] == ["manner"]
    (other,) = house.services.imports.add(house.file("other.gguf", b"GGUF other"))
    house.services.models.use(other.name)
    inference.chat()
    assert len(house.chat.adapted) == 1, "another model: no adapter of the first"
    with pytest.raises(OtherBaseModel):
        adapters.use("manner")
    house.services.models.use("fake-chat")
    adapters.off()
    inference.chat()
    assert inference.running.adapters == ()


def test_an_adapter_is_encrypted_and_goes_for_good(house: House) -> None:
    content = b"GGUF " + b"what the company knows " * 50
    adapters = house.services.adapters
    adapter = adapters.add(house.file("secret.gguf", content), "Manner")
    second = adapters.add(house.file("secret.gguf", content), "Manner")
    assert second.name == "Manner 2"
    stored = house.paths.data / "adapters"
    assert all(b"company" not in each.read_bytes() for each in stored.iterdir())
    adapters.export("Manner", house.files / "out.gguf")
    assert (house.files / "out.gguf").read_bytes() == content
    adapters.remove("Manner")
    assert [each.name for each in stored.iterdir()] == [second.id]
    assert adapter not in adapters.all()


def test_a_reader_changes_no_adapter(open_house: Callable[..., House]) -> None:
    house = open_house("Rita")
    with pytest.raises(AccessDenied):
        house.services.adapters.off()
    assert replace(Preferences(), patience=5.0).patience == 5.0
