"""Summaries as files: Markdown for people, JSON for programs; and as the text of one."""

import json
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from app.domain.errors import OtherExport
from app.domain.memory.summaries import PointKind, Summary
from app.store.files import save_for_user

#: Formats by the suffix of the file.
SUFFIXES = (".md", ".json")
_HEADINGS = (
    ("key", PointKind.KEY),
    ("decisions", PointKind.DECISION),
    ("facts", PointKind.FACT),
)


class SummaryFiles:
    def __init__(self, resources: Path, record: Callable[[str, str], None]) -> None:
        """`record` an act and its subject in the audit log."""
        self._resources = resources
        self._record = record

    def export(self, summaries: Sequence[Summary], path: Path, language: str) -> None:
        """Write them to `path`, unencrypted; `language` ("ru") is that of the headings.
        `OtherExport`, `StorageDenied`, `StorageFull`."""
        if path.suffix.lower() not in SUFFIXES:
            raise OtherExport(name=path.name)
        if path.suffix.lower() == ".json":
            told = {"summaries": [msgspec.to_builtins(summary) for summary in summaries]}
            text = json.dumps(told, ensure_ascii=False, indent=2)
        else:
            text = "\n".join(self.markdown(summary, language) for summary in summaries)
        save_for_user(path, text.encode())
        self._record("export-summaries", str(len(summaries)))

    def markdown(self, summary: Summary, language: str) -> str:
        """One with its headings."""
        words = self._words(language)
        date = time.strftime("%Y-%m-%d", time.localtime(summary.created))
        blocks = [f"# {_line(summary.title)}", date]
        for name, kind in _HEADINGS:
            blocks += _block(words[name], [point.text for point in summary.of_kind(kind)])
        blocks += _block(words["open"], summary.digest.questions)
        blocks += _block(words["documents"], summary.documents)
        return "\n\n".join(blocks) + "\n"

    def _words(self, language: str) -> dict[str, str]:
        text = (self._resources / f"summary.{language}.toml").read_text("utf-8")
        return msgspec.convert(tomllib.loads(text), dict[str, str])


def _block(heading: str, lines: Sequence[str]) -> list[str]:
    items = "\n".join(f"- {_line(line)}" for line in lines)
    return [f"## {heading}", items] if lines else []


def _line(text: str) -> str:
    """Nothing of it is taken for a mark of Markdown's."""
    plain = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in plain)
