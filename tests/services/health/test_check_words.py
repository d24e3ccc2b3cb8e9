import re
import tomllib

import pytest

from app import paths
from app.services.health.check import Check, CheckWording

RESOURCES = paths.find().resources
#: Whether they passed or not, these tell of it in one way.
ONLY_PASS = {
    "witness", "no-witness", "system", "profiles", "no-profile", "no-native-filter",
    "no-private-memory", "computing", "computing-variant", "graphics", "no-graphics",
    "no-graphics-built", "training-part", "no-training-part", "isolation", "no-isolation",
    "last-backup", "no-backup", "department", "no-server", "door", "no-closed-door",
    "no-remote-sockets",
    "away-session-sleep", "away-session", "away-sleep", "no-away", "read-only-folder",
}  # fmt: skip


def entries(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((RESOURCES / f"checks.{language}.toml").read_text("utf-8"))


def places(entry: dict[str, str]) -> dict[str, set[str]]:
    return {key: set(re.findall(r"{(\w+)}", text)) for key, text in entry.items()}


def test_both_languages_word_the_same_checks_with_the_same_facts() -> None:
    russian, english = entries("ru"), entries("en")
    assert {name: places(entry) for name, entry in russian.items()} == {
        name: places(entry) for name, entry in english.items()
    }


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_check_that_can_fail_says_what_to_do(language: str) -> None:
    without = {name for name, entry in entries(language).items() if not entry.get("remedy")}
    assert without == ONLY_PASS


def test_a_remedy_is_for_what_failed() -> None:
    wording = CheckWording(RESOURCES, "en")
    well = wording.of(Check("memory", True, {"free": 3, "total": 8}))
    ill = wording.of(Check("memory", False, {"free": 0.5, "total": 8}))
    assert (well.fact, well.remedy) == ("3 of 8 GB free.", "")
    assert ill.fact == "0.5 of 8 GB free."
    assert ill.remedy.startswith("Close other programs")
    russian = CheckWording(RESOURCES, "ru").of(Check("memory", False, {"free": 0.5, "total": 8}))
    assert russian.fact == "Свободно 0,5 из 8 ГБ."
