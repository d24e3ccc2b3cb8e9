import re
from pathlib import Path

import pytest

from tests.habits import ROOT

FOLDER = ROOT / "resources" / "prompts"
USES = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.md")})


def places(path: Path) -> list[str]:
    return sorted(re.findall(r"{\w+}", path.read_text("utf-8")))


@pytest.mark.parametrize("use", USES)
def test_every_prompt_stands_in_both_languages_with_the_same_places(use: str) -> None:
    russian, english = FOLDER / f"{use}.ru.md", FOLDER / f"{use}.en.md"
    assert places(russian) == places(english)
    assert len(re.findall("[а-яё]", russian.read_text("utf-8"))) > 20
    assert not re.search("[а-яё]", english.read_text("utf-8"))


def test_the_prompts_that_the_program_uses_are_there() -> None:
    assert {"answer", "question"} <= set(USES)
    asked = ["{caution}", "{nearest}", "{passages}", "{question}"]
    assert places(FOLDER / "question.en.md") == asked
    assert places(FOLDER / "answer.en.md") == []
