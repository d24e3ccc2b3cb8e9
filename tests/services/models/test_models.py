import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import (
    AccessDenied,
    Cancelled,
    DamagedModel,
    FileMissing,
    ModelInUse,
    ModelMissing,
    NoChatModel,
)
from app.domain.events import ModelsChanged
from app.domain.models.model import ModelKind
from app.domain.progress import Progress
from tests.services.conftest import House, add_model
from tests.services.controls import Recording

STARTER = "qwen2.5-coder-1.5b-instruct-q4_k_m"


def in_use(house: House) -> dict[str, bool]:
    return {each.name: each.in_use for each in house.services.models.all()}


def gguf(house: House, name: str = "My Model.gguf", content: bytes = b"GGUF" + b"w" * 3000) -> Path:
    return house.file(name, content)


def workspace_models(house: House) -> list[str]:
    folder = house.paths.models
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))


def test_the_kit_is_discovered_and_used(house: House) -> None:
    chat, embedding = house.services.models.all()
    assert (chat.name, chat.kind, chat.in_use) == ("fake-chat", ModelKind.CHAT, True)
    assert (chat.architecture, chat.context_length, chat.size) == ("fake", 4096, 16)
    assert (embedding.name, embedding.kind, embedding.in_use) == (
        "fake-embedder",
        ModelKind.EMBEDDING,
        True,
    )


def test_the_starter_is_preferred_when_nobody_chose(
    template: Path, tmp_path: Path, open_house: Callable[..., House]
) -> None:
    add_model(tmp_path / "work" / "kit", STARTER, "chat")
    add_model(tmp_path / "work" / "kit", "aaa", "chat")
    house = open_house()
    assert in_use(house) == {"aaa": False, "fake-chat": False, STARTER: True, "fake-embedder": True}
    house.services.models.use("aaa")
    assert in_use(open_house())["aaa"]


def test_a_kit_that_was_moved_is_found_again_and_stays_chosen(
    house: House, open_house: Callable[..., House]
) -> None:
    """A stick gets another letter, a folder another name."""
    add_model(house.paths.kit, STARTER, "chat")
    house.services.models.discover()
    assert in_use(house)["fake-chat"], "what is in use stays so when a better one comes"
    moved = house.paths.kit.with_name("moved")
    house.paths.kit.rename(moved)
    moved_house = house.services.models
    object.__setattr__(house.paths, "kit", moved)
    moved_house.discover()
    assert in_use(house) == {"fake-chat": True, STARTER: False, "fake-embedder": True}
    assert all(str(moved) in each.path for each in moved_house.all())


@pytest.mark.parametrize("damage", ["cut manifest", "no weights", "no model at all"])
def test_a_damaged_model_in_the_kit_keeps_nobody_out(
    tmp_path: Path, open_house: Callable[..., House], damage: str
) -> None:
    weights = add_model(tmp_path / "work" / "kit", "broken", "chat")
    if damage == "cut manifest":
        manifest = weights.with_name("model.json")
        manifest.write_bytes(manifest.read_bytes()[:20])
    elif damage == "no weights":
        weights.unlink()
    else:
        weights.write_bytes(b"junk")
    assert in_use(open_house()) == {"fake-chat": True, "fake-embedder": True}


def test_a_model_that_is_gone_is_forgotten(house: House) -> None:
    shutil.rmtree(house.paths.kit / "fake-chat")
    house.services.models.discover()
    assert in_use(house) == {"fake-embedder": True}
    with pytest.raises(NoChatModel):
        house.services.inference.chat()


def test_a_file_is_copied_in(house: House) -> None:
    changes: list[ModelsChanged] = []
    house.services.events.subscribe(ModelsChanged, changes.append)
    path = gguf(house)
    control = Recording()
    (model,) = house.services.imports.add(path, control=control)
    assert (model.name, model.in_use) == ("my model", False)
    assert model.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert Path(model.path).read_bytes() == path.read_bytes()
    assert house.paths.models in Path(model.path).parents
    assert control.seen[-1] == Progress(3004, 3004, "My Model.gguf")
    assert changes
    assert house.services.models.use("my model").in_use
    assert in_use(house) == {"fake-chat": False, "my model": True, "fake-embedder": True}


@pytest.mark.parametrize("content", [b"", b"GG", b"PK\3\4 not a model"])
def test_what_is_no_model_is_refused_and_leaves_nothing(house: House, content: bytes) -> None:
    with pytest.raises(DamagedModel) as caught:
        house.services.imports.add(gguf(house, content=content))
    assert caught.value.facts == {"name": "My Model.gguf"}
    assert workspace_models(house) == []
    with pytest.raises(FileMissing):
        house.services.imports.add(house.files / "missing.gguf")


def test_a_cancelled_copy_leaves_nothing(house: House) -> None:
    path = gguf(house, content=b"GGUF" + bytes(3 << 20))
    with pytest.raises(Cancelled):
        house.services.imports.add(path, control=Recording(lambda report: True))
    assert workspace_models(house) == []
    assert "my model" not in in_use(house)


def test_another_model_of_the_same_name_stands_beside_the_first(house: House) -> None:
    house.services.imports.add(gguf(house))
    house.services.models.use("my model")
    (other,) = house.services.imports.add(gguf(house, content=b"GGUF anew"))
    assert other.name == "my model-2"
    assert in_use(house)["my model"]


def test_the_same_weights_are_taken_in_once(house: House) -> None:
    (first,) = house.services.imports.add(gguf(house))
    before = workspace_models(house)
    assert house.services.imports.add(gguf(house, "copy.gguf")) == [first]
    assert workspace_models(house) == before


def test_removing(house: House) -> None:
    models = house.services.models
    with pytest.raises(ModelInUse):
        models.remove("fake-chat")
    with pytest.raises(ModelMissing):
        models.remove("nothing")
    house.services.imports.add(gguf(house))
    models.remove("my model")
    assert workspace_models(house) == []
    assert "my model" not in in_use(house)


def test_removing_a_model_of_the_kit_leaves_its_files(house: House) -> None:
    weights = add_model(house.paths.kit, "other", "chat")
    house.services.models.discover()
    house.services.models.remove("other")
    assert weights.exists()


def test_only_an_administrator_changes_models(open_house: Callable[..., House]) -> None:
    house = open_house("Egor")
    for act in (
        lambda: house.services.imports.add(gguf(house)),
        lambda: house.services.models.use("fake-chat"),
        lambda: house.services.models.remove("fake-chat"),
    ):
        with pytest.raises(AccessDenied):
            act()


def test_changed_weights_are_noticed(house: House) -> None:
    (model,) = house.services.imports.add(gguf(house))
    assert house.services.models.verify()["my model"]
    raw = bytearray(Path(model.path).read_bytes())
    raw[2000] ^= 1
    Path(model.path).write_bytes(raw)
    assert not house.services.models.verify()["my model"]


def test_another_choice_closes_the_model_before(house: House) -> None:
    model, facts = house.services.inference.chat()
    assert (model, facts.name) == (house.chat, "fake-chat")
    assert not house.chat.closed
    house.services.imports.add(gguf(house))
    house.services.models.use("my model")
    _, facts = house.services.inference.chat()
    assert facts.name == "my model"
    assert house.chat.closed


@pytest.mark.model
def test_a_real_model_that_was_cut_is_refused(
    house: House, chat_model: Path, tmp_path: Path
) -> None:
    from app.engines.inspection.header import inspect

    object.__setattr__(house.services.imports._engines, "inspect", inspect)
    cut = tmp_path / "cut.gguf"
    with chat_model.open("rb") as file:
        cut.write_bytes(file.read(chat_model.stat().st_size // 2))
    with pytest.raises(DamagedModel):
        house.services.imports.add(cut)
    assert workspace_models(house) == []
    assert house.services.imports.add(chat_model)[0].architecture == "llama"
