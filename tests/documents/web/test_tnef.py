"""Mails whose body and attachments Outlook has wrapped, or packed as RTF."""

import struct
from collections.abc import Sequence
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from compressed_rtf import compress

from app.documents.reading.reader import DocumentSource, parts, read
from app.documents.web import outlook
from app.documents.web.tnef import SIGNATURE

RTF = rb"{\rtf1\ansi\ansicpg1251 \'c2\'e0\'e3\'ee\'ed 6120.\par}"
#: Identities of attributes, the type in the upper half ([MS-OXTNEF] 2.1.3.2).
_VERSION, _CODE_PAGE, _BODY, _PROPERTIES = 0x00089006, 0x00069007, 0x0002800C, 0x00069003
_BEGUN, _TITLE, _DATA, _ATTACHMENT = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_PACKED_RTF, _ATTACHED_OBJECT = 0x10090102, 0x3701000D
#: IID_IMessage, in front of a mail in a mail.
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def attribute(level: int, identity: int, data: bytes) -> bytes:
    head = struct.pack("<BII", level, identity, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(identity: int, data: bytes) -> bytes:
    """One property of bytes ([MS-OXTNEF] 2.1.3.4)."""
    kind, number = identity & 0xFFFF, identity >> 16
    padded = data + b"\0" * (-len(data) % 4)
    return struct.pack("<IHHII", 1, kind, number, 1, len(data)) + padded


def wrapped(
    text: str = "", rtf: bytes = b"", files: Sequence[tuple[str, bytes]] = (), inner: bytes = b""
) -> bytes:
    made = SIGNATURE + b"\x01\x00" + attribute(1, _VERSION, struct.pack("<I", 0x10000))
    made += attribute(1, _CODE_PAGE, struct.pack("<II", 1251, 0))
    if text:
        made += attribute(1, _BODY, text.encode("cp1251") + b"\0")
    if rtf:
        made += attribute(1, _PROPERTIES, properties(_PACKED_RTF, compress(rtf, compressed=True)))
    for name, data in files:
        made += attribute(2, _BEGUN, b"\0" * 14)
        made += attribute(2, _TITLE, name.encode("cp1251") + b"\0") + attribute(2, _DATA, data)
    if inner:
        made += attribute(2, _BEGUN, b"\0" * 14)
        made += attribute(2, _ATTACHMENT, properties(_ATTACHED_OBJECT, _MESSAGE + inner))
    return made


def mail(data: bytes, text: str = "", kind: str = "ms-tnef") -> bytes:
    message = EmailMessage()
    message["Subject"] = "Вагон"
    message.set_content(text)
    message.add_attachment(data, maintype="application", subtype=kind, filename="winmail.dat")
    return message.as_bytes()


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(DocumentSource("a.eml", data=data)).blocks]


def attached(data: bytes) -> list[tuple[str, bytes]]:
    return [(part.name, part.data) for part in parts(DocumentSource("a.eml", data=data))]


@pytest.mark.parametrize("kind", ["ms-tnef", "octet-stream", "vnd.ms-tnef"])
def test_body_and_attachments_come_out(kind: str) -> None:
    files = [("ведомость.csv", b"a;b\n1;2\n"), ("план.txt", b"88")]
    data = mail(wrapped("Отгрузить до пятницы.", files=files), kind=kind)
    assert texts(data) == [
        "Вагон", "Отгрузить до пятницы.", "Вложения: ведомость.csv, план.txt",
    ]  # fmt: skip
    assert attached(data) == files


def test_a_body_of_packed_rtf_is_read() -> None:
    assert texts(mail(wrapped(rtf=RTF))) == ["Вагон", "Вагон 6120."]


def test_a_text_that_the_mail_says_itself_is_not_said_twice() -> None:
    data = mail(
        wrapped("Отгрузить до пятницы.", files=[("a.txt", b"88 t")]), "Отгрузить до пятницы."
    )
    assert texts(data) == ["Вагон", "Отгрузить до пятницы.", "Вложения: a.txt"]


def test_a_mail_within_is_taken_apart_as_well() -> None:
    inner = wrapped("Брутто 88 тонн.", files=[("b.txt", b"88 t")], inner=wrapped("Глубже."))
    data = mail(wrapped("Снаружи.", inner=inner))
    assert texts(data) == ["Вагон", "Снаружи.", "Брутто 88 тонн.", "Глубже.", "Вложения: b.txt"]


@pytest.mark.parametrize(
    "broken", [SIGNATURE, SIGNATURE + b"\x01\x00" + b"\xff" * 40, wrapped("Начало.")[:-9] + b"\x07"]
)
def test_a_damaged_one_is_named_or_read_as_far_as_it_goes(broken: bytes) -> None:
    data = mail(broken, "Текст.")
    assert texts(data)[:2] == ["Вагон", "Текст."]


def test_what_is_no_tnef_stays_an_attachment() -> None:
    data = mail(b"something else", "Текст.")
    assert texts(data) == ["Вагон", "Текст.", "Вложения: winmail.dat"]


def message(**changes: Any) -> SimpleNamespace:
    """What python-oxmsg makes of a .msg."""
    packed = compress(RTF, compressed=True)
    asked = SimpleNamespace(str_prop_value=lambda _: "", binary_prop_value={0x1009: packed}.get)
    made: dict[str, Any] = {
        "subject": "Стенд", "sender": "", "sent_date": None, "body": None, "html_body": None,
        "attachments": [], "properties": asked,
    }  # fmt: skip
    return SimpleNamespace(**made | changes)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "Вагон 6120."),
        ({"body": "\0 \r\n"}, "Вагон 6120."),
        ({"body": "Проще."}, "Проще."),
        ({"html_body": "<p>Страница.</p>"}, "Страница."),
    ],
)
def test_an_outlook_file_whose_only_body_is_rtf(
    changes: dict[str, Any], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oxmsg.Message.load", lambda _: message(**changes))
    assert [block.text for block in outlook.read(b"", "a.msg").blocks] == ["Стенд", wanted]
