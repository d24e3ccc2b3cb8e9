"""The prompts in resources/prompts/<use>.<language>.md, with named places in {braces}."""

import re
from pathlib import Path

_PLACE = re.compile(r"{(\w+)}")


class Prompts:
    def __init__(self, resources: Path) -> None:
        self._folder = resources / "prompts"
        self._read: dict[str, str] = {}

    def get(self, use: str, language: str) -> str:
        """The text for a use ("answer", "question" …) in "ru" or "en"."""
        name = f"{use}.{language}.md"
        if name not in self._read:
            self._read[name] = (self._folder / name).read_text("utf-8").strip()
        return self._read[name]

    def filled(self, use: str, language: str, **values: str) -> str:
        """The same with its places filled; braces within `values` stay."""
        return _PLACE.sub(lambda match: values[match[1]], self.get(use, language))
