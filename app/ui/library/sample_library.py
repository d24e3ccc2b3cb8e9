"""The sample library that comes with the program: its documents, and what can be asked of them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

#: Beside the folder of documents of each language.
_FACTS = "questions.toml"


@dataclass(frozen=True)
class SampleLibrary:
    """`folder` holds the documents, which get the tag `tag`; `tags` are those of all languages, by
    which the documents are found again after another language was chosen. `questions` are answered
    by the documents."""

    folder: Path
    tag: str
    tags: frozenset[str]
    questions: tuple[str, ...]


class _Facts(msgspec.Struct):
    tag: str
    questions: tuple[str, ...]


def sample_library(samples: Path, language: str) -> SampleLibrary:
    """The one of a language below `samples`."""
    facts = {
        file.name.removesuffix(f".{_FACTS}"): msgspec.convert(
            tomllib.loads(file.read_text("utf-8")), _Facts
        )
        for file in samples.glob(f"*.{_FACTS}")
    }
    chosen = facts[language]
    tags = frozenset(each.tag for each in facts.values())
    return SampleLibrary(samples / language, chosen.tag, tags, chosen.questions)
