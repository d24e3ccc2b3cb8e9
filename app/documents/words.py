"""What readers write into a document's text themselves: resources/reading.<language>.toml."""

import tomllib
from functools import cache

import msgspec

from app import paths


class MailWords(msgspec.Struct, frozen=True):
    """Names of a mail's fields, and of the line that lists its attachments."""

    sender: str
    recipient: str
    copy: str
    date: str
    attachments: str


class TableWords(msgspec.Struct, frozen=True):
    """The paragraph that says what a table holds, and how it tells of one column."""

    opening: str
    quoted: str
    number: str
    date: str
    text: str
    values: str
    empty: str
    unit: str


class ReadingWords(msgspec.Struct, frozen=True):
    """All of them in one language."""

    speaker_notes: str
    long_table: str
    mail: MailWords
    table: TableWords


@cache
def words(language: str) -> ReadingWords:
    """In "ru" or "en"."""
    file = paths.find().resources / f"reading.{language}.toml"
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), ReadingWords)
