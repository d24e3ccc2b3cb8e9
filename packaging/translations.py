"""Brings resources/i18n/*.ts up to date with the texts in app/ui; run it with .venv's Python.

What is new stands in the files as unfinished afterwards, which a test refuses. A text that only
moved to another class keeps its translation.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from python_env import ROOT, Venv

FOLDER = ROOT / "resources" / "i18n"

#: Source text → its translation as it stood before, whatever class it stood in.
Known = dict[str, ElementTree.Element]


def main() -> int:
    """Update every language and name what is still to be translated; the number of such texts."""
    unfinished: list[str] = []
    for file in sorted(FOLDER.glob("*.ts")):
        before = _known(file)
        _collect(file)
        unfinished += [f"{file.name}: {text}" for text in _restore(file, before)]
    print("\n".join(unfinished) or "Everything is translated.")
    return len(unfinished)


def _collect(file: Path) -> None:
    """Have Qt's own tool list the texts of all sources, without those that are gone."""
    sources = [str(each) for each in sorted((ROOT / "app" / "ui").rglob("*.py"))]
    plural = ["-pluralonly"] if file.stem.endswith("_en") else []
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", *plural]
    program = str(Venv(ROOT / ".venv").program("pyside6-lupdate"))
    subprocess.run([program, *options, *sources, "-ts", str(file)], check=True, capture_output=True)


def _messages(tree: ElementTree.ElementTree[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    yield from tree.iter("message")


def _known(file: Path) -> Known:
    known: Known = {}
    for message in _messages(ElementTree.parse(file)):
        translation = message.find("translation")
        if translation is not None and translation.get("type") is None:
            known[message.findtext("source") or ""] = translation
    return known


def _restore(file: Path, before: Known) -> list[str]:
    """Put translations back that a move to another class took; the texts that have none yet."""
    tree, unfinished = ElementTree.parse(file), list[str]()
    for message in _messages(tree):
        translation = message.find("translation")
        if translation is None or translation.get("type") is None:
            continue
        known = before.get(message.findtext("source") or "")
        if known is None:
            unfinished.append(message.findtext("source") or "")
            continue
        message.remove(translation)
        message.append(known)
    ElementTree.indent(tree, "    ")
    text = ElementTree.tostring(tree.getroot(), encoding="unicode")
    text = text.replace("\n    ", "\n")  # Qt's tool begins at the margin below its root
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")
    return unfinished


if __name__ == "__main__":
    sys.exit(min(main(), 1))
