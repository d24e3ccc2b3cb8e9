"""Assistants to begin with: the same ones in both languages, each complete."""

import re

import pytest

from app.domain.chat.assistants import HOTTEST, LEAST_TOKENS, MOST_TOKENS
from app.domain.errors import TemplateMissing
from app.services.assistants.starters import template, templates
from app.ui.assistants.icons import ICONS
from tests.services.conftest import RESOURCES

KEYS = [
    "hr", "contracts", "it", "purchasing", "onboarding", "manuals", "meetings", "sales", "quality",
    "accounting", "legal", "safety",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_language_has_the_dozen(language: str) -> None:
    found = templates(RESOURCES, language)
    assert [each.key for each in found] == KEYS
    assert len({each.assistant.name for each in found}) == len(KEYS)
    for each in found:
        made = each.assistant
        assert made.icon in ICONS
        assert 0 <= made.temperature <= HOTTEST
        assert LEAST_TOKENS <= made.max_tokens <= MOST_TOKENS
        assert len(made.instruction.splitlines()) == 4
        assert (made.collections, made.adapters, made.id) == ((), (), "")
        assert bool(re.search("[а-яё]", made.instruction + each.about)) == (language == "ru")


def test_both_languages_set_the_same() -> None:
    pairs = zip(templates(RESOURCES, "en"), templates(RESOURCES, "ru"), strict=True)
    for english, russian in pairs:
        one, other = english.assistant, russian.assistant
        assert (one.icon, one.tone, one.temperature, one.max_tokens) == (
            other.icon, other.tone, other.temperature, other.max_tokens,
        )  # fmt: skip


@pytest.mark.parametrize("wanted", ["legal", "LEGAL questions"])
def test_one_is_found_by_key_or_name(wanted: str) -> None:
    assert template(RESOURCES, "en", wanted).key == "legal"
    with pytest.raises(TemplateMissing):
        template(RESOURCES, "en", f"{wanted} and more")
