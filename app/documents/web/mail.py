"""A mail → blocks: subject, who to whom and when, its text, the names of what is attached."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from typing import Any

from app.documents.characters import clean_line, title_or_empty
from app.documents.limits import MAIL_PARTS
from app.documents.source import Part, unlike
from app.documents.tally import Tally
from app.documents.text import plain, rtf
from app.documents.web import html, tnef
from app.documents.words import words
from app.domain.errors import DamagedFile, DocumentError, EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.text import language

_KNOWN = frozenset({"from", "to", "subject", "date", "received", "message-id", "mime-version",
                    "content-type", "return-path", "delivered-to"})  # fmt: skip
_SUFFIXES = {
    "application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv",
    "application/rtf": ".rtf", "application/zip": ".zip", "message/rfc822": ".eml",
}  # fmt: skip
_RTF = ("application/rtf", "text/rtf")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
#: Signs of a subject that a file is named by.
_NAMED = 80
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


class _Raw(Compat32):
    """Headers as they came; the policy of Python replaces bytes that are no ASCII."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, FileTooLarge or EmptyDocument."""
    return of_message(_parsed(data, name), name)


def parts(data: bytes, name: str) -> Iterator[Part]:
    """What is attached, mails as .eml; pictures that its text shows are left out."""
    yield from attached(_parsed(data, name), name)


def subject(data: bytes) -> str | None:
    """The subject in a mail's header, None where it has none of a mail's headers."""
    header = _HEADER_END.split(data.lstrip(b"\r\n"), maxsplit=1)[0]
    try:
        return _header(_parsed(header, ""), "Subject")
    except (DamagedFile, *_BROKEN):
        return None


def file_name(subject: str) -> str:
    """What a mail is called as a file, without a suffix; "" where nothing of it can be."""
    return _UNSAFE.sub("_", subject[:_NAMED]).strip(" .")


def page(data: bytes, name: str) -> ReadDocument:
    """A web page saved with its pictures as one file (.mht). Errors as `read`."""
    message = _parsed(data, name)
    for part in _leaves(message, name):
        if part.get_content_type() == "text/html":
            return html.read(_payload(part), name)
    raise DamagedFile(name=name)


def _parsed(data: bytes, name: str) -> Message:
    """Raises DamagedFile for what has none of a mail's headers."""
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=_Raw())
    except _BROKEN as error:
        raise DamagedFile(name=name) from error
    if _KNOWN.isdisjoint(key.lower() for key in message.keys()):  # noqa: SIM118
        raise DamagedFile(name=name)
    return message


def of_message(message: Message, name: str) -> ReadDocument:
    """A parsed mail's blocks; errors as `read`."""
    tally = Tally()
    try:
        subject = _header(message, "Subject")
        body = list(_body(message, name, tally))
        files = [part.name for part in attached(message, name)]
    except _BROKEN as error:
        raise DamagedFile(name=name) from error
    spoken = language.of(" ".join([subject, *(block.text for block in body[:20])]))
    blocks = list(_heading(message, subject, spoken)) + body
    if files:
        text = f"{words(spoken).mail.attachments}: {', '.join(files)}"
        blocks.append(Block(BlockKind.PARAGRAPH, text))
    if not blocks:
        raise EmptyDocument(name=name)
    return ReadDocument(tuple(blocks), title_or_empty(subject), reading=tally.report())


def _heading(message: Message, subject: str, spoken: str) -> Iterator[Block]:
    if subject:
        yield Block(BlockKind.HEADING, subject, level=1)
    named = words(spoken).mail
    fields = {"From": named.sender, "To": named.recipient, "Cc": named.copy, "Date": named.date}
    lines = [f"{told}: {value}" for key, told in fields.items() if (value := _header(message, key))]
    if lines:
        yield Block(BlockKind.PARAGRAPH, "\n".join(lines))


def _header(message: Message, key: str) -> str:
    """A header's text, whatever its encoding: RFC 2047, or raw bytes of an unknown one."""
    fields = message.raw_items()
    raw = next((value for each, value in fields if each.lower() == key.lower()), "")
    return decoded(str(raw))


def decoded(raw: str) -> str:
    """A header as it is read. `raw` holds bytes that are no ASCII as surrogates."""
    raw = re.sub(r"\r?\n[ \t]*", " ", raw.replace("\0", ""))
    if any("\udc80" <= sign <= "\udcff" for sign in raw):
        return clean_line(plain.decode(raw.encode("utf-8", "surrogateescape"), ""))
    try:
        return clean_line(str(make_header(decode_header(raw))))
    except _BROKEN:
        return clean_line(raw)


def _leaves(message: Message, name: str) -> Iterator[Message]:
    """All parts that hold no other parts; not those of an attached mail."""
    waiting = [message]
    seen, said = 0, False
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MAIL_PARTS:
            raise DamagedFile(name=name)
        inner: Any = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += reversed(_chosen(part, inner))
        elif (wrapped := _unwrapped(part, body=not said)) is not None:
            waiting += reversed(wrapped)
        else:
            said = said or (_is_text(part) and bool(_payload(part).strip()))
            yield part


def _unwrapped(part: Message, *, body: bool) -> list[Message] | None:
    """What Outlook has wrapped into a winmail.dat, its text only if the mail has no other. None of
    another part, or where it is damaged: then it stays an attachment."""
    data = _payload(part)
    if data.startswith(tnef.SIGNATURE):
        with suppress(*tnef.BROKEN):
            return list(tnef.parts(data, body=body))
    return None


def _chosen(part: Message, inner: list[Message]) -> list[Message]:
    """Of the same text in several forms the plain one, unless it is empty; else all."""
    if part.get_content_type() != "multipart/alternative":
        return inner
    texts = [message for message in inner if message.get_content_type() == "text/plain"]
    others = [message for message in inner if message.get_content_type() != "text/plain"]
    if any(_payload(text).strip() for text in texts):
        return texts + [other for other in others if other.get_content_type() == "text/calendar"]
    return others[-1:] + [other for other in others[:-1] if _file_name(other)]


def _body(message: Message, name: str, tally: Tally) -> Iterator[Block]:
    for part in _leaves(message, name):
        kind = part.get_content_type()
        if not _is_text(part):
            continue
        if kind in _RTF:
            try:
                letter = rtf.read(_payload(part), name)
                tally.add(letter.reading)
                yield from letter.blocks
            except DocumentError as error:
                tally.refused(error, "RTF")
            continue
        data, charset = _payload(part), str(part.get_content_charset() or "")
        text = html.text_of(data, name, charset)
        if kind == "text/html":
            yield from html.blocks(html.parsed(text), tally)
        else:
            for block in plain.blocks(_unfolded(part, text)):
                yield replace(block, line=None)


def _unfolded(part: Message, text: str) -> str:
    """Lines that the sender's program broke are whole again (RFC 3676)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if soft and not quoted and line != "-- ":
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        soft = line.endswith(" ") and line != "-- " and not quoted
        if soft and str(part.get_param("delsp", "")).lower() == "yes":
            lines[-1] = lines[-1].removesuffix(" ")
    return "\n".join(lines)


def attached(message: Message, name: str) -> Iterator[Part]:
    """What is attached to a parsed mail, each under a name of its own. Raises DamagedFile."""
    taken: set[str] = set()
    for part in _leaves(message, name):
        try:
            data = _payload(part) if _is_attached(part) else b""
            called = _name_of(part) if data else ""
        except _BROKEN as error:
            raise DamagedFile(name=name) from error
        if data:
            yield Part(unlike(called, taken), data)


def _is_text(part: Message) -> bool:
    """Whether it belongs to what the mail says."""
    kind = part.get_content_type()
    return not _is_attached(part) and kind in ("text/plain", "text/html", *_RTF)


def _is_attached(part: Message) -> bool:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return True
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    if part.get_content_maintype() == "image":
        return disposition.startswith("attachment")
    return disposition.startswith("attachment") or bool(_file_name(part)) or not _is_said(kind)


def _is_said(kind: str) -> bool:
    """Parts that belong to the text of a mail, or are of no use to a reader."""
    said = ("text/plain", "text/html", "text/calendar", "text/enriched", *_RTF)
    return kind in said or kind.startswith(
        ("multipart/", "message/", "application/pgp-", "application/pkcs7-")
    )


def _payload(part: Message) -> bytes:
    inner: Any = part.get_payload()
    if isinstance(inner, list):
        return inner[0].as_bytes() if inner else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _file_name(part: Message) -> str:
    try:
        return decoded(part.get_filename() or "")
    except _BROKEN:
        return ""


def _name_of(part: Message) -> str:
    """The file's name without folders; a mail is named by its subject."""
    kind = part.get_content_type()
    name = _file_name(part).replace("\\", "/").rpartition("/")[2]
    inner: Any = part.get_payload()
    if not name and kind == "message/rfc822" and isinstance(inner, list) and inner:
        name = _header(inner[0], "Subject")[:_NAMED]
    name = _UNSAFE.sub("_", name).strip(" .") or "attachment"
    suffix = _SUFFIXES.get(kind, "")
    return name if name.lower().endswith(suffix) or "." in name[-6:] else name + suffix
