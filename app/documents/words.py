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
    not_calculated: str
    hidden_rows: str


class SheetWords(msgspec.Struct, frozen=True):
    """What a sheet's text says of formulas without a stored value, of hidden places, and of words
    that stand in no cell."""

    not_calculated: str
    calculated: str
    hidden: str
    hidden_sheet: str
    hidden_row: str
    hidden_column: str
    comment: str
    text_box: str
    chart: str
    axis: str
    series: str
    header: str
    footer: str


class ReadingWords(msgspec.Struct, frozen=True):
    """All of them in one language."""

    speaker_notes: str
    long_table: str
    mail: MailWords
    table: TableWords
    sheet: SheetWords


@cache
def words(language: str) -> ReadingWords:
    """In "ru" or "en"."""
    file = paths.find().resources / f"reading.{language}.toml"
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), ReadingWords)
