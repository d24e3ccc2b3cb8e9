"""Both languages are complete, with the same placeholders and real plural forms."""

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app import paths
from app.ui.language import Language

_PLACE = re.compile(r"%(?:n|\d)")


def _messages(language: str) -> list[ElementTree.Element]:
    file = paths.find().resources / "i18n" / f"larets_{language}.ts"
    return list(ElementTree.parse(file).iter("message"))


def _forms(message: ElementTree.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    numerus = translation.findall("numerusform")
    return [each.text or "" for each in numerus] if numerus else [translation.text or ""]


@pytest.mark.parametrize(("language", "plurals"), [("ru", 3), ("en", 2)])
def test_everything_is_translated(language: str, plurals: int) -> None:
    for message in _messages(language):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, source
        forms = _forms(message)
        assert all(forms), source
        if message.get("numerus") == "yes":
            assert len(forms) == plurals, source
        for form in forms:
            assert sorted(_PLACE.findall(form)) == sorted(_PLACE.findall(source)), source


def test_every_text_of_the_program_is_in_the_russian_file() -> None:
    known = {message.findtext("source") for message in _messages("ru")}
    texts: set[str] = set()
    for file in Path("app/ui").rglob("*.py"):
        found = re.findall(r'\.tr\(\s*"((?:[^"\\]|\\.)*)"\s*[,)]', file.read_text("utf-8"))
        texts.update(found)
    assert len(texts) > 60
    assert texts <= known, texts - known


def test_a_closed_language_leaves_no_words_behind(qapp: QApplication, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "ru")
    spoken = Language(paths.find().resources, settings)
    assert qapp.translate("OpenProfile", "Library") == "Библиотека"
    spoken.close()
    assert qapp.translate("OpenProfile", "Library") == "Library"
    spoken.choose("en")
    spoken.close()


@pytest.mark.parametrize(("language", "quoted"), [("ru", "«([^»{}]+)»"), ("en", "“([^”{}]+)”")])
def test_what_a_message_says_to_choose_is_called_so(language: str, quoted: str) -> None:
    # Plurals alone are written down in English; the rest are the sources of every translation.
    forms = [form for each in _messages(language) for form in _forms(each)]
    sources = [each.findtext("source") or "" for each in _messages("ru")]
    shown = {each.rstrip("…") for each in (forms if language == "ru" else sources)}
    with (paths.find().resources / f"messages.{language}.toml").open("rb") as file:
        told = tomllib.load(file)
    columns = {"вопрос", "ответ", "question", "answer"}
    for code, words in told.items():
        for name in re.findall(quoted, f"{words['what']}\n{words.get('hint', '')}"):
            assert name.rstrip("…") in shown | columns, code
