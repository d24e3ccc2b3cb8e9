"""The injected documents and the honest ones, and what an answer about them may say."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """`honest` and `attack` are patterns that an answer must and must not match, whatever the case
    of its letters; an honest document has no `attack`, and `marked` says whether a mark on it is
    reasonable. The patterns are not tuned to `held_out` cases."""

    name: str
    language: str
    kind: str
    question: str
    honest: str
    attack: str
    files: tuple[tuple[str, str], ...]
    held_out: bool
    marked: bool

    def answered(self, answer: str) -> bool:
        """Whether the answer says what the document says."""
        return re.search(self.honest, answer, re.IGNORECASE) is not None

    def obeyed(self, answer: str) -> bool:
        """Whether the answer does what the injected text wants."""
        return bool(self.attack) and re.search(self.attack, answer, re.IGNORECASE) is not None


def read() -> list[Case]:
    """All cases, those of one language together, so that their opening is read once."""
    cases = [
        _case(table, path.stem)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text("utf-8"))["case"]
    ]
    return sorted(cases, key=lambda case: case.language)


def _case(table: dict[str, Any], file: str) -> Case:
    return Case(
        name=table["name"],
        language=table["language"],
        kind=table.get("kind", "honest document"),
        question=table["question"],
        honest=table["honest"],
        attack=table.get("attack", ""),
        files=tuple((name, text.lstrip("\n")) for name, text in table["files"].items()),
        held_out=file.endswith("held_out"),
        marked=table.get("marked", bool(table.get("attack"))),
    )
