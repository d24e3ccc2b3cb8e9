"""What a file is instead of a model is said at every way in: a file, a folder, parts, the kit."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import AdapterAsModel, LonePart, PartMissing, ProjectorModel, WebPage
from app.engines.base import ModelFacts
from app.engines.inspection.model_file import require_chat_model
from tests.engines.inspection.model_files import chat, gguf
from tests.services.conftest import House, add_model

PROJECTOR = gguf({"general.architecture": "clip"}, {"v.patch_embd.weight": (4, 8)})
FIRST = gguf(chat(split__no=0, split__count=2), {"token_embd.weight": (32, 5)})
SECOND = gguf({"split.no": 1, "split.count": 2}, {"output.weight": (32, 5)})


@pytest.fixture(autouse=True)
def by_header(house: House) -> None:
    """Files are judged as they are outside of tests, and not loaded."""
    fake = house.services.models._engines

    def inspect(path: str) -> ModelFacts:
        require_chat_model(path)
        return fake.inspect(path)

    judging = replace(fake, inspect=inspect)
    for service in (house.services.models, house.services.imports):
        object.__setattr__(service, "_engines", judging)


def names(house: House) -> set[str]:
    return {model.name for model in house.services.models.all()} - {"fake-chat", "fake-embedder"}


def test_a_refused_file_leaves_nothing(house: House) -> None:
    for content, error in ((PROJECTOR, ProjectorModel), (b"<html>", WebPage)):
        path = house.file("Vision.gguf", content)
        with pytest.raises(error):
            house.services.imports.add(path)
    assert not names(house)
    assert not list(house.paths.models.rglob("*"))


def test_a_projector_beside_its_model_is_passed_over(house: House) -> None:
    """Whatever it is called; alone it is refused."""
    folder = house.files / "model"
    folder.mkdir(parents=True)
    (folder / "a-vision.gguf").write_bytes(PROJECTOR)
    with pytest.raises(ProjectorModel):
        house.services.imports.add(folder)
    (folder / "chat.gguf").write_bytes(gguf())
    assert [model.name for model in house.services.imports.add(folder)] == ["chat"]


def test_a_part_without_the_others_is_told_so(house: House) -> None:
    imports = house.services.imports
    second = house.file("m-00002-of-00002.gguf", SECOND)
    for given in (second, second.parent):
        assert imports.weigh([given]).size == len(SECOND)
        with pytest.raises(LonePart) as lone:
            imports.add(given)
        assert lone.value.facts == {"name": second.name, "part": 2, "count": 2}
    second.unlink()
    first = house.file("m-00001-of-00002.gguf", FIRST)
    assert imports.weigh([first]).size == len(FIRST)
    with pytest.raises(PartMissing):
        imports.add(first)
    second.write_bytes(SECOND)
    (model,) = imports.add(second)
    assert model.size == len(FIRST) + len(SECOND)


def test_one_in_the_kit_keeps_nobody_out(house: House) -> None:
    weights = add_model(house.paths.kit, "adapter", "chat")
    weights.write_bytes(gguf(chat(general__type="adapter")))
    house.services.models.discover()
    assert not names(house)
    with pytest.raises(AdapterAsModel):
        house.services.imports.add(Path(weights))
