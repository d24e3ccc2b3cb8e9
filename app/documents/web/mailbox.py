"""MBOX → the mails in it, a file each (RFC 4155, and what programs write beside it)."""

import re
from collections.abc import Iterator

from app.documents.limits import MAILBOX_MAILS
from app.documents.source import Part, unlike
from app.documents.web import mail
from app.domain.errors import DamagedFile
from app.domain.library.reading import UnreadReason

#: The line before each mail: who sent it, or "-", and when.
_LINE = (
    rb"From [^\r\n]{0,500}\d\d?:\d\d(?::\d\d)?(?: [^ \r\n]{1,6})? \d{4}(?: [^ \r\n]{1,6})?[ \t]*"
)
_BEGIN = re.compile(_LINE + rb"\r?(?:\n|\Z)")
_FIELD = re.compile(rb"[A-Za-z][\w-]{0,60}:")
_EMPTY_LINES = (b"\n\n", b"\n\r\n")
_FIRST = re.compile(_LINE + rb"\r?\n(?:[A-Za-z][\w-]{0,60}:|>From )")
#: What a line of a mail that began like that became; "mboxrd" adds a sign to quoted ones too.
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_SAMPLE = 2000


def is_mailbox(data: bytes) -> bool:
    """Whether it begins as a mailbox does: no text of another kind has such a line and a field."""
    return bool(_FIRST.match(data[:_SAMPLE].lstrip(b"\r\n")))


def holds_several(data: bytes) -> bool:
    """Whether more than one mail is in it: programs save a single one with such a line too."""
    mails = _mails(data)
    return next(mails, None) is not None and next(mails, None) is not None


def parts(data: bytes, name: str) -> Iterator[Part]:
    """Each mail under its subject; one that is none comes refused, as does what is more than
    MAILBOX_MAILS. Raises DamagedFile for what is no mailbox; a single mail is taken for one."""
    if not is_mailbox(data) and mail.subject(data) is None:
        raise DamagedFile(name=name)
    taken: set[str] = set()
    for number, content in enumerate(_mails(data), 1):
        if number > MAILBOX_MAILS:
            yield Part(name, b"", UnreadReason.PART_LIMIT)
            return
        subject = mail.subject(content)
        called = mail.file_name(subject or "") or f"mail {number}"
        if f"{called}.eml".casefold() in taken:
            called = f"{called} ({number})"
        called = unlike(f"{called}.eml", taken)
        if subject is None:
            yield Part(called, b"", UnreadReason.PART_DAMAGED)
        else:
            yield Part(called, _QUOTED.sub(rb"\1", content))


def _mails(data: bytes) -> Iterator[bytes]:
    """The bytes between two such lines, and those before the first where there are any."""
    begin = 0
    for end, after in _lines(data):
        if data[begin:end].strip():
            yield data[begin:end]
        begin = after
    if data[begin:].strip():
        yield data[begin:]


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of the lines before mails: after an empty line, or before the first field of a
    mail where a program wrote no empty line."""
    at = 0 if data.startswith(b"From ") else data.find(b"\nFrom ") + 1
    while at or data.startswith(b"From "):
        if match := _BEGIN.match(data, at):
            parted = not at or data[max(at - 3, 0) : at].endswith(_EMPTY_LINES)
            if parted or _FIELD.match(data, match.end()):
                yield at, match.end()
        at = data.find(b"\nFrom ", at) + 1
        if not at:
            return
