"""Mailboxes: many mails in one file."""

import time
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest

from app.documents.reading.reader import DocumentSource, is_archive, is_container, parts, read
from app.documents.source import Part
from app.domain.errors import DamagedFile
from app.domain.library.reading import UnreadReason

LINE = b"From anna@example.com Mon Mar  2 10:00:00 2026\n"
LINES = [
    LINE,
    b"From - Mon Mar  2 10:00:00 2026\r\n",
    b"From 1759@xxx Mon Mar 02 10:00:00 +0000 2026\n",
    b"From anna at example.com  Mon Mar  2 10:00 2026\n",
]


def mail(subject: str, text: str) -> bytes:
    message = MIMEText(text, "plain", "utf-8")
    message["From"], message["Subject"] = "anna@example.com", subject
    return message.as_bytes()


def held(data: bytes, name: str = "a.mbox") -> list[Part]:
    return list(parts(DocumentSource(name, data=data)))


def said(part: Part) -> str:
    return "\n".join(b.text for b in read(DocumentSource(part.name, data=part.data)).blocks)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_every_mail_is_a_file(line: bytes, ends: bytes) -> None:
    mails = [mail("Счёт воды", "5 корпус: 4471 куб."), mail("Счёт газа", "4 корпус: 9023 куб.")]
    data = b"\n".join(line + each + b"\n" for each in mails).replace(b"\r\n", b"\n")
    found = held(data.replace(b"\n", ends))
    assert [part.name for part in found] == ["Счёт воды.eml", "Счёт газа.eml"]
    assert "9023 куб." in said(found[1])
    assert "4471" not in said(found[1])


@pytest.mark.parametrize("name", ["Входящие", "a.txt", "a.mbx", "a.eml", "a.pdf", "2026-June.txt"])
def test_it_is_one_under_any_name(name: str) -> None:
    data = b"\n".join(LINE + mail(f"s{number}", "Текст") for number in range(2))
    assert is_archive(name, data)
    assert is_container(name, data)
    assert [part.name for part in held(data, name)] == ["s0.eml", "s1.eml"]


def test_a_single_mail_with_such_a_line_stays_a_mail() -> None:
    data = LINE + mail("Один", "Текст")
    assert not is_archive("a.eml", data)
    assert read(DocumentSource("a.eml", data=data)).title == "Один"
    assert [part.name for part in held(data)] == ["Один.eml"]
    assert [part.name for part in held(mail("Один", "Текст"))] == ["Один.eml"]


def test_lines_that_only_look_like_it() -> None:
    text = "Hello\n\nFrom here on it rains.\nFrom 10:00 to 12:00 too.\n>From Kazan\n>>From Perm\n"
    message = b"Subject: s\nFrom: a@b.c\n\n" + text.encode()
    (part,) = held(LINE + message)
    assert "From here on it rains." in said(part)
    assert "\nFrom Kazan\n>From Perm" in part.data.decode()
    assert not is_archive("a.txt", text.encode())
    assert not is_archive("a.txt", LINE + b"is how a mailbox begins.\n")


def test_the_same_subject_again_and_none() -> None:
    data = b"\n".join(LINE + mail(name, "x") for name in ("s", "s", "", "a/b:c", "S"))
    names = [part.name for part in held(data)]
    assert names == ["s.eml", "s (2).eml", "mail 3.eml", "a_b_c.eml", "S (5).eml"]


def test_a_broken_mail_costs_itself() -> None:
    data = LINE + mail("s", "x") + b"\n" + LINE + b"\0\1\2 no mail\n\n" + LINE + mail("t", "y")
    found = [(part.name, part.refused) for part in held(data)]
    assert found == [("s.eml", None), ("mail 2.eml", UnreadReason.PART_DAMAGED), ("t.eml", None)]


def test_what_is_attached_stays_with_its_mail() -> None:
    message = EmailMessage()
    message["Subject"] = "Смета"
    message.set_content("Во вложении.")
    message.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="смета.csv")
    (part,) = held(LINE + message.as_bytes())
    (inner,) = held(part.data, part.name)
    assert (inner.name, inner.data) == ("смета.csv", b"a;b\n1;2\n")


def test_more_mails_than_anybody_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.documents.web.mailbox.MAILBOX_MAILS", 3)
    found = held((LINE + b"Subject: s\n\nx\n\n") * 5)
    assert [part.refused for part in found] == [None] * 3 + [UnreadReason.PART_LIMIT]


def test_what_is_no_mailbox() -> None:
    with pytest.raises(DamagedFile):
        held(b"just a text\n" * 10)


def test_a_large_mailbox_is_quick() -> None:
    data = (LINE + b"Subject: Re: s\n\n" + b"From x\n" * 200 + b"\n") * 20_000
    began = time.monotonic()
    assert len(held(data)) == 20_000
    assert time.monotonic() - began < 20
