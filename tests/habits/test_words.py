"""The interface has one word for one thing: the table at the end of CONTRIBUTING.md says which."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from tests.habits import ROOT

RESOURCES = ROOT / "resources"


def terms() -> Iterator[tuple[str, str, list[str]]]:
    """English and Russian words of a thing, and those that are never said."""
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Words of the interface\n")
    for line in told[2].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] not in {"English", "---"}:
            yield cells[0], cells[1], re.split(r"[,;] ?", cells[3].replace("\\", ""))


def banned() -> re.Pattern[str]:
    words = [re.escape(word) for _, _, never in terms() for word in never]
    return re.compile(rf"\b(?:{'|'.join(words)})\b".replace(r"\*", r"\w*"), re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """What a user may read, in both languages, with where it stands."""
    for language in ("ru", "en"):
        root = ET.parse(RESOURCES / "i18n" / f"larets_{language}.ts").getroot()
        for message in root.iter("message"):
            for part in ("source", "translation"):
                for said in message.iterfind(part):
                    yield f"larets_{language}.ts", " ".join(said.itertext())
        for name in ("messages", "checks"):
            yield f"{name}.{language}", (RESOURCES / f"{name}.{language}.toml").read_text("utf-8")
        for page in sorted((RESOURCES / "help" / language).glob("*.md")):
            yield f"help/{language}/{page.name}", page.read_text("utf-8")


def test_no_text_says_another_word() -> None:
    pattern, read = banned(), list(texts())
    assert len(read) > 3000
    found = [(where, match[0]) for where, text in read for match in pattern.finditer(text)]
    assert found == []


def test_every_word_of_the_table_is_said() -> None:
    said = " ".join(text for _, text in texts()).casefold()
    assert len(list(terms())) > 15
    for english, russian, _ in terms():
        for word in re.split(", ", f"{english}, {russian}"):
            stem = word.casefold()[: max(len(word) - 2, 3)]
            assert stem in said, word


def test_the_pattern_finds_what_it_looks_for() -> None:
    assert banned().search("Найдено 3 фрагмента")
    assert banned().search("Fine-tuning ended.")
    assert not banned().search("Отрывок из документа каталожного номера")
