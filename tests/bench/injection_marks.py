"""python -m tests.bench.injection_marks DATA: how many honest passages are taken for orders.

Passages are paragraphs, lines of long ones put together to about 1,000 characters; and sentences
about instructions, of which a mark is no fault but tells how far the rules reach.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from app.domain.text.injection import suspicious

_LENGTH = 1000
_HONEST = Path(__file__).parents[1] / "injection" / "honest.toml"


def passages(data: Path) -> Iterator[tuple[str, str]]:
    """(set, passage) of every real text in the folder of development data."""
    for language, sentences in tomllib.loads(_HONEST.read_text("utf-8")).items():
        yield from ((f"instructions {language}", each) for each in sentences)
    for path in sorted((data / "xquad").glob("*.json")):
        for article in json.loads(path.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield "xquad", paragraph["context"]
    for path in sorted((data / "ru-rag" / "files").glob("*.txt")):
        yield from (("ru-rag", each) for each in _pieces(path.read_text("utf-8")))
    for path in sorted((data / "tables").glob("*.csv")):
        yield from (("tables", each) for each in _pieces(path.read_text("utf-8")))
    for path in sorted((data / "financebench").glob("*.pdf")):
        yield from (("financebench", each) for each in _pages(path))


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for line in text.split("\n"):
        if piece and len(piece) + len(line) > _LENGTH:
            yield piece
            piece = ""
        piece += line + "\n"
    if piece.strip():
        yield piece


def _pages(path: Path) -> Iterator[str]:
    import pymupdf

    with pymupdf.open(path) as document:
        for page in document:
            yield from _pieces(page.get_text())


def main(data: Path) -> None:
    counts: dict[str, list[int]] = {}
    for name, text in passages(data):
        marks = suspicious(text)
        count = counts.setdefault(name, [0, 0])
        count[0] += 1
        count[1] += bool(marks)
        for each in marks:
            stretch = " ".join(text[each.start : each.end].split())
            sys.stdout.write(f"{name} {each.kind}: {stretch}\n")
    for name, (total, marked) in counts.items():
        sys.stdout.write(f"{name}: {marked} of {total} passages, {marked / total:.4%}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
