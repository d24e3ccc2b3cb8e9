import shutil

from tests.services.conftest import House


def verdicts(house: House) -> dict[str, bool]:
    return {each.name: each.passed for each in house.services.doctor.checks()}


def test_a_healthy_workspace(house: House) -> None:
    house.services.library.add([house.file("a.txt", "words")])
    checks = list(house.services.doctor.checks())
    assert all(each.passed for each in checks), checks
    assert all(each.fact for each in checks)
    assert {each.name for each in checks} == {
        "system", "disk-space", "network", "workspace-database", "profile-database",
        "collection-database", "audit-log", "generation", "originals",
        "chat-model", "embedding-model",
    }  # fmt: skip


def test_a_damaged_original_and_a_missing_model_are_told(house: House) -> None:
    house.services.library.add([house.file("a.txt", "words"), house.file("b.txt", "other")])
    (original, _) = sorted((house.paths.data / "collections").glob("*/files/*"))
    original.write_bytes(original.read_bytes()[:-1])
    shutil.rmtree(house.paths.kit / "fake-chat")
    house.services.models.discover()
    told = verdicts(house)
    assert {name for name, passed in told.items() if not passed} == {"originals", "chat-model"}
    facts = {each.name: each.fact for each in house.services.doctor.checks()}
    assert facts["originals"] == "1 of 2 intact"
