from email.message import EmailMessage
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, Part, parts, read
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library.documents import BlockKind, ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

FILES = Path(__file__).parents[1] / "files"


def read_mail(data: bytes, name: str = "a.eml") -> ReadDocument:
    return read(DocumentSource(name, data=data))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_mail(data).blocks]


def attached(data: bytes, name: str = "a.eml") -> list[Part]:
    return list(parts(DocumentSource(name, data=data)))


def written(text: str = "Добрый день!\n\n> вчера\n> вы писали\n") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Счёт за март 2024 года, с приложением на несколько страниц"
    message["From"] = "Анна Иванова <anna@firma.ru>"
    message["To"] = "bob@example.com"
    message["Date"] = "Mon, 05 Feb 2024 10:00:00 +0300"
    message.set_content(text)
    return message


def test_a_mail_with_attachments() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Old: one/two"
    inner.set_content("Inside.")
    message = written()
    message.add_attachment("Сумма".encode(), "text", "plain", filename="счёт за март.txt")
    message.add_attachment(b"%PDF-", "application", "pdf", filename="../../etc/a.pdf")
    message.add_attachment(b"GIF", "image", "gif", disposition="inline", cid="<a@b>")
    message.add_attachment(b"?", "application", "x-tar", filename="a.unheard-of")
    message.add_attachment(inner)
    document = read_mail(message.as_bytes())
    assert document.title == "Счёт за март 2024 года, с приложением на несколько страниц"
    assert [(block.kind, block.line) for block in document.blocks[:2]] == [
        (BlockKind.HEADING, None),
        (BlockKind.PARAGRAPH, None),
    ]
    assert [block.text for block in document.blocks[1:]] == [
        "От: Анна Иванова <anna@firma.ru>\nКому: bob@example.com\n"
        "Дата: Mon, 05 Feb 2024 10:00:00 +0300",
        "Добрый день!",
        "> вчера\n> вы писали",
        "Вложения: счёт за март.txt, a.pdf, a.unheard-of, Old_ one_two.eml",
    ]
    found = attached(message.as_bytes())
    assert [(part.name, part.data[:5]) for part in found[:2]] == [
        ("счёт за март.txt", "Сумма".encode()[:5]),
        ("a.pdf", b"%PDF-"),
    ]
    assert found[2] == Part("a.unheard-of", b"", UnreadReason.PART_FORMAT)
    assert [part.name for part in found[3:]] == ["Old_ one_two.eml"]
    assert texts(found[3].data)[-1] == "Inside."


def test_the_plain_form_is_read_unless_it_is_empty() -> None:
    both = written("plain text")
    both.add_alternative("<p>page", subtype="html")
    assert texts(both.as_bytes())[2:] == ["plain text"]
    empty = written(" ")
    empty.add_alternative("<h2>Глава</h2><blockquote>цитата</blockquote>", subtype="html")
    assert texts(empty.as_bytes())[2:] == ["Глава", "цитата"]


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "utf-8"])
@pytest.mark.parametrize("stated", ["", "; charset={}", "; charset=no-such-thing"])
def test_raw_bytes_in_headers_and_text(charset: str, stated: str) -> None:
    head = f"Subject: Отчёт о продажах компании\nContent-Type: text/plain{stated.format(charset)}"
    data = f"{head}\n\nКомпания работает с апреля.\n".encode(charset)
    assert texts(data) == ["Отчёт о продажах компании", "Компания работает с апреля."]


def test_old_ways_to_name_an_attachment() -> None:
    data = (
        b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: application/octet-stream; name*=koi8-r''%C1.txt\r\n\r\n1\r\n"
        b'--x\r\nContent-Disposition: attachment; filename="=?windows-1251?B?4S50eHQ=?="\r\n'
        b"Content-Type: application/x\r\n\r\n2\r\n"
        b'--x\r\nContent-Disposition: attachment; filename="\xee\xf2\xf7\xe5\xf2.txt"\r\n'
        b"Content-Type: application/x\r\n\r\n3\r\n--x--\r\n"
    )
    assert [part.name for part in attached(data)] == ["а.txt", "б.txt", "отчет.txt"]


def test_attachments_of_one_name() -> None:
    message = written()
    for content in (b"1", b"2"):
        message.add_attachment(content, "text", "plain", filename="A.txt")
    assert [part.name for part in attached(message.as_bytes())] == ["A.txt", "A (2).txt"]


def test_flowed_lines_are_joined() -> None:
    head = b"From: a@b\nContent-Type: text/plain; format=flowed\n\n"
    assert (
        texts(head + b"One line \nthat goes \non.\nNext.\n")[1] == "One line that goes on.\nNext."
    )
    assert (
        texts(head + b"> quoted \n> too\nmine \n-- \nBob\n")[1] == "> quoted\n> too\nmine\n--\nBob"
    )


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?B?!!!?= =?no-such?Q?x?=",
        b"From: =?utf-8?q?=D0?= <<<>>>@@,;:\\",
        b"To: " + b"(" * 5000,
        b"Date: never",
        b"Content-Type: multipart/mixed",
        b"Content-Type: text/plain; charset*0*=''%FF; charset*1=x",
        b"Content-Type: ;;; ///\r\nContent-Transfer-Encoding: base64",
        b"Subject: \0\xff\xfe",
    ],
)
def test_broken_headers(header: bytes) -> None:
    assert len(texts(b"X: 1\r\nReceived: x\r\n" + header + b"\r\nTo: a@b\r\n\r\nText here.\r\n"))


def test_hostile_structure() -> None:
    deep = b"From: a\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    with pytest.raises((DamagedFile, EmptyDocument)):
        read_mail(deep + b"\r\ntext")
    many = (
        b"From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000
    )
    with pytest.raises(DamagedFile):
        read_mail(many)
    for data in (b"no mail at all", b"\0\1\2", b"{\\rtf1 a}"):
        with pytest.raises(DamagedFile):
            read_mail(data)


def test_outlook() -> None:
    data = (FILES / "invoice.msg").read_bytes()
    document = read_mail(data, "invoice.msg")
    assert document.title == "Счёт за март"
    assert [block.text for block in document.blocks] == [
        "Счёт за март",
        'От: "Анна Иванова" <anna@firma.ru>\nКому: Пётр Петров\nКопия: Бухгалтерия\n'
        "Дата: Wed, 17 Jan 2024 21:20:00 +0000",
        "Добрый день!",
        "Счёт во вложении.\n> вчера вы писали",
        "Вложения: счёт.txt, Delivery.eml",
    ]
    note, inner = attached(data, "invoice.msg")
    assert (note.name, note.data.decode()) == ("счёт.txt", "Сумма 500 рублей")
    assert texts(inner.data)[-1] == "The goods left today."
    assert texts(inner.data)[1].startswith('From: "Ann Smith" <anna@firma.ru>\nTo: Bob\nDate: ')


def test_a_body_that_is_damaged_is_told_of() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Rent", "a@b"
    message.set_content(b"no RTF at all", "application", "rtf", disposition="inline")
    document = read_mail(message.as_bytes())
    assert "Rent" in document.blocks[0].text
    assert document.reading.unread == (UnreadPart(UnreadReason.PART_DAMAGED, "RTF"),)
