"""Outlook's .msg → a mail like any other, by python-oxmsg."""

import codecs
import re
import struct
from collections.abc import Iterator
from email.errors import MessageError
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import Any

from app.documents.source import Part
from app.documents.web import mail, tnef
from app.domain.errors import DamagedFile
from app.domain.library.documents import ReadDocument

#: Attachments that are mails themselves are storages, not bytes ([MS-OXMSG] 2.2.2.1).
_EMBEDDED = "__substg1.0_3701000D"
_EMBEDDED_HEADER = 24
_DEPTH = 5
_BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError,
    struct.error, RecursionError, NotImplementedError, MessageError,
)  # fmt: skip
#: PidTagDisplayTo and PidTagDisplayCc.
_TO, _CC = 0x0E04, 0x0E03
#: PidTagRtfCompressed: the only body of many mails that Outlook wrote itself.
_RTF = 0x1009
_CODE_PAGE = re.compile(r"windows[-_](9\d\d)")
_SHORT_NAME, _SHOWN_NAME = 0x3704, 0x3001


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, FileTooLarge or EmptyDocument."""
    return mail.of_message(_opened(data, name), name)


def parts(data: bytes, name: str) -> Iterator[Part]:
    """What is attached, mails as .eml."""
    yield from mail.attached(_opened(data, name), name)


@cache
def _know_code_pages() -> None:
    """Python calls the code pages of Windows for Chinese, Japanese and Korean "cp950" alone."""

    def found(name: str) -> codecs.CodecInfo | None:
        called = _CODE_PAGE.fullmatch(name)
        return codecs.lookup(f"cp{called[1]}") if called else None

    codecs.register(found)


def _opened(data: bytes, name: str) -> EmailMessage:
    from oxmsg import Message

    _know_code_pages()
    try:
        return _converted(Message.load(data), 0)
    except _BROKEN as error:
        raise DamagedFile(name=name) from error


def _converted(message: Any, depth: int) -> EmailMessage:
    mail_message = EmailMessage()
    fields = (
        ("Subject", message.subject),
        ("From", message.sender),
        ("To", message.properties.str_prop_value(_TO)),
        ("Cc", message.properties.str_prop_value(_CC)),
        ("Date", format_datetime(message.sent_date) if message.sent_date else ""),
    )
    for key, value in fields:
        if value and value.strip("\0 "):
            _set(mail_message, key, value)
    body, page = message.body or "", message.html_body or ""
    if body.strip("\0 \r\n\t"):
        mail_message.set_content(body.replace("\0", ""))
    elif page:
        mail_message.set_content(page.replace("\0", ""), subtype="html")
    elif packed := message.properties.binary_prop_value(_RTF):
        mail_message.set_content(tnef.inflated_rtf(packed), "application", "rtf")
    else:
        mail_message.set_content("")
    for attachment in message.attachments:
        _attach(mail_message, attachment, depth)
    return mail_message


def _set(message: EmailMessage, key: str, value: str) -> None:
    """As raw text: the parser of addresses refuses what people write."""
    line = " ".join(value.replace("\0", "").split())
    message.set_raw(key, line if line.isascii() else Header(line, "utf-8").encode())


def _embedded(storage: Any) -> Any:
    """A mail inside another one: its properties' header is shorter ([MS-OXMSG] 2.4.1.2)."""
    from oxmsg import Message
    from oxmsg.properties import Properties

    class Embedded(Message):  # type: ignore[misc]
        @property
        def _properties(self) -> Any:
            return Properties(self._storage, properties_header_offset=_EMBEDDED_HEADER)

    return Embedded(storage)


def _attach(message: EmailMessage, attachment: Any, depth: int) -> None:
    inner = [storage for storage in attachment._storage.storages if storage.name == _EMBEDDED]
    if inner and depth < _DEPTH:
        message.add_attachment(_converted(_embedded(inner[0]), depth + 1))
        return
    data = attachment.file_bytes
    if not data:
        return
    properties = attachment.properties
    name = (
        attachment.file_name
        or properties.str_prop_value(_SHORT_NAME)
        or properties.str_prop_value(_SHOWN_NAME)
        or ""
    )
    message.add_attachment(
        data, maintype="application", subtype="octet-stream", filename=name.replace("\0", "")
    )
