import shutil

from app.services.health.check import Check
from tests.services.conftest import House


def checks(house: House) -> dict[str, Check]:
    return {check.name: check for check in house.services.administration.doctor.run()}


def test_a_healthy_workspace(house: House) -> None:
    house.services.library.add([house.file("a.txt", "words")])
    found = checks(house)
    assert all(check.passed for check in found.values()), found
    assert set(found) == {
        "workspace-database", "profile-database", "collection-database", "audit-log",
        "generation", "no-witness", "originals", "search-index", "chat-model", "embedding-model",
    }  # fmt: skip


def test_a_damaged_original_and_a_missing_model_are_told(house: House) -> None:
    house.services.library.add([house.file("a.txt", "words"), house.file("b.txt", "other")])
    (original, _) = sorted((house.paths.data / "collections").glob("*/files/*"))
    original.write_bytes(original.read_bytes()[:-1])
    shutil.rmtree(house.paths.kit / "fake-chat")
    house.services.models.discover()
    found = checks(house)
    assert {name for name, check in found.items() if not check.passed} == {
        "originals", "chat-model",
    }  # fmt: skip
    assert found["originals"].facts == {"intact": 1, "held": 2}
