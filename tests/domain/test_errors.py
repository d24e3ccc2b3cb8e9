import re
import tomllib
from pathlib import Path

import pytest

from app.domain.errors import FileTooLarge, LaretsError, WrongPassword, every_error
from app.domain.library.reading import UnreadReason
from app.domain.losses import LossKind
from app.domain.models.placement import ReasonCode
from app.domain.roles import Role
from app.services.wording import Wording

#: What is worded beside the codes: a bug, what is told when no profile was named, of an
#: answer the heading of its sources, and that there is none.
_OTHER = {
    "unexpected", "profile-not-chosen", "no-profile", "policy-number", "blank-password",
    "guessed-password", "interface-sources", "interface-nothing",
    "read-only-session",
}  # fmt: skip
#: Of what is counted up to a limit.
UNITS = ("pages", "rows", "parts", "tables", "cells", "values", "MB", "MP")
RESOURCES = Path(__file__).parents[2] / "resources"


def entries(language: str) -> dict[str, dict[str, str]]:
    with (RESOURCES / f"messages.{language}.toml").open("rb") as file:
        return tomllib.load(file)


def places(entry: dict[str, str]) -> set[str]:
    return set(re.findall(r"{(\w*)}", entry["what"] + entry["hint"]))


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.__dict__["code"] for error in every_error()]
    assert len(codes) == len(set(codes)) > 30


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_code_is_worded_and_no_other(language: str) -> None:
    codes = {error.code for error in every_error()}
    unread = {"unread-where", "unread-more", *(f"unread-{reason}" for reason in UnreadReason)}
    units = {f"limit-{unit}" for unit in UNITS}
    named = units | {f"role-{role}" for role in Role} | {f"loss-{kind}" for kind in LossKind}
    assert set(entries(language)) == codes | _OTHER | set(ReasonCode) | unread | named
    assert all(entry["what"] for entry in entries(language).values())
    assert [code for code in codes if not entries(language)[code]["hint"]] == ["cancelled"]


def test_both_languages_name_the_same_facts() -> None:
    russian, english = entries("ru"), entries("en")
    assert {code: places(entry) for code, entry in russian.items()} == {
        code: places(entry) for code, entry in english.items()
    }


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.code)
def test_docstring_names_the_facts_that_the_wording_uses(error: type[LaretsError]) -> None:
    told = " ".join(str(each.__doc__) for each in error.__mro__ if each is not object)
    for place in places(entries("en")[error.code]):
        assert f"`{place}`" in told


@pytest.mark.parametrize(
    ("language", "limit", "told"),
    [
        ("ru", "10000 pages", "10\u00a0000 страниц"),
        ("en", "10000 pages", "10,000 pages"),
        ("ru", "512 MB", "512 МБ"),
        ("en", "whatever", "whatever"),
    ],
)
def test_limits_are_told_in_the_language(language: str, limit: str, told: str) -> None:
    error = FileTooLarge(name="a.pdf", limit=limit)
    assert f"({told})" in Wording(RESOURCES, language).of(error).what


def test_every_limit_has_a_unit_that_is_worded() -> None:
    named = re.compile(r'limit=f"\{[^}]+\} (\w+)"')
    app = RESOURCES.parent / "app"
    found = {unit for each in app.rglob("*.py") for unit in named.findall(each.read_text("utf-8"))}
    assert found == set(UNITS)


def test_facts_are_carried() -> None:
    error = WrongPassword(profile="Anna", wait=4)
    assert error.facts == {"profile": "Anna", "wait": 4}
    assert "wrong-password" in str(error)
