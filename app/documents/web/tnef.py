"""TNEF, by tnefparse: the `winmail.dat` in which Outlook and Exchange wrap the body and the
attachments of a mail ([MS-OXTNEF])."""

import struct
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Any

SIGNATURE = b"\x78\x9f\x3e\x22"
#: Mails in mails that are taken apart.
_DEPTH = 5
#: What tnefparse and compressed_rtf raise for bytes that are not as they should be.
BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, UnboundLocalError, RecursionError,
    OverflowError, struct.error,
)  # fmt: skip


def parts(data: bytes, *, body: bool, depth: int = 0) -> Iterator[Message]:
    """The parts of a mail that a TNEF stands for: its text first, where `body` is wanted, then what
    is attached, a mail in it as its parts. Raises one of BROKEN."""
    from tnefparse import TNEF

    opened = TNEF(data, do_checksum=False)
    if body and (text := _text(opened)) is not None:
        yield text
    for attachment in opened.attachments:
        if getattr(attachment, "embed", None) is not None and depth < _DEPTH:
            yield from parts(attachment.data, body=True, depth=depth + 1)
        elif attachment.data:
            part = EmailMessage()
            name = _name(attachment)
            part.set_content(bytes(attachment.data), "application", "octet-stream", filename=name)
            yield part


def inflated_rtf(data: bytes) -> bytes:
    """RTF as Outlook packs it (PidTagRtfCompressed, [MS-OXRTFCP]). Raises one of BROKEN."""
    from compressed_rtf import decompress

    return bytes(decompress(data))


def _text(opened: Any) -> Message | None:
    """The plain body, else the page, else the RTF that both would be made of."""
    part = EmailMessage()
    if text := _decoded(opened.body, opened.codepage).strip():
        part.set_content(text)
    elif page := _decoded(opened.htmlbody, opened.codepage).strip():
        part.set_content(page, subtype="html")
    elif rtf := opened.rtfbody:
        part.set_content(bytes(rtf), "application", "rtf")
    else:
        return None
    return part


def _decoded(body: Any, codepage: str | None) -> str:
    if isinstance(body, list | tuple):
        body = body[0] if body else ""
    text = body.decode(codepage or "utf-8", "replace") if isinstance(body, bytes) else body or ""
    return str(text).replace("\0", "")


def _name(attachment: Any) -> str:
    """Its long name, else the short one, which is bytes of the mail's code page."""
    try:
        name = attachment.long_filename()
    except UnicodeDecodeError:
        name = attachment._name
    return _decoded(name, attachment.codepage)
