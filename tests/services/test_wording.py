from pathlib import Path

import pytest

from app import paths
from app.domain import errors
from app.services.assistants.prompts import Prompts
from app.services.wording import Sentence, Wording

RESOURCES = paths.find().resources


def test_an_error_in_words_with_its_facts() -> None:
    wording = Wording(RESOURCES, "en")
    sentence = wording.of(errors.TooManyAttempts(profile="Anna", wait=4))
    assert sentence == Sentence("Too many wrong passwords for “Anna”.", "Wait 4 s, then try again.")


def test_facts_with_braces_stay_as_they_are() -> None:
    sentence = Wording(RESOURCES, "ru").of(errors.DamagedFile(name="{profile} {0}.pdf"))
    assert "«{profile} {0}.pdf»" in sentence.what


def test_a_fact_that_is_lacking_hides_nothing() -> None:
    assert "…" in Wording(RESOURCES, "ru").of(errors.DamagedFile()).what


def test_a_bug_is_told_by_its_type_alone() -> None:
    sentence = Wording(RESOURCES, "en").of(KeyError("what the user wrote"))
    assert "KeyError" in sentence.what
    assert "wrote" not in sentence.what + sentence.hint


def test_a_code_of_another_version_is_unexpected() -> None:
    assert Wording(RESOURCES, "en").of_code("from-the-future", {}).what


@pytest.mark.parametrize("language", ["ru", "en"])
def test_prompts_are_read_once(tmp_path: Path, language: str) -> None:
    (tmp_path / "prompts").mkdir()
    file = tmp_path / "prompts" / f"answer.{language}.md"
    file.write_text("\nПодсказка\n\n", "utf-8")
    prompts = Prompts(tmp_path)
    assert prompts.get("answer", language) == "Подсказка"
    file.unlink()
    assert prompts.get("answer", language) == "Подсказка"
    with pytest.raises(FileNotFoundError):
        prompts.get("nothing", language)
