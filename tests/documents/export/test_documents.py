"""What is written, read back by other programs than those that wrote it."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from app.documents.export import docx, markdown, pdf
from app.documents.export.layout import laid_out
from app.domain.chat.conversation import AnswerState, Citation
from app.domain.chat.exported import Exported
from app.domain.library.documents import Locator
from tests.documents.export.turns import FONTS, answer, exported, question, sample, source, words

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEEN = {
    "en": (
        "Paid leave and revenue of the third quarter", "21 November 2026",
        "Answers were written by Llama 3.1 from the documents listed; check them against the",
        "Question 1", "and how is it planned?", "28 calendar days", "Sources",
        "Staff regulations.pdf", "p. 12 · 4.2 Paid leave", "Every employee is entitled to",
        "Order 17.docx", "cells B3:B5 · Q3", "1205.5", "SELECT region", "leave = 28 + extra",
        "The documents do not hold the answer.", "Nearest passages",
    ),
    "ru": (
        "Оплачиваемый отпуск и выручка за третий квартал", "21 ноября 2026 г.",
        "Ответы написаны моделью Llama 3.1 по перечисленным документам; сверяйте их с",
        "Вопрос 1", "и как он планируется?", "28 календарных дней", "Источники",
        "Правила внутреннего распорядка.pdf", "с. 12 · 4.2 Оплачиваемый отпуск",
        "Каждому работнику ежегодно", "Приказ № 17.docx", "ячейки B3:B5 · 3 кв.", "1205,5",
        "SELECT регион", "отпуск = 28 + дополнительный", "В документах ответа нет.",
        "Ближайшие отрывки",
    ),
}  # fmt: skip
HOSTILE = (
    '<script>alert(1)</script> <img src="file:///etc/passwd"> ![alt](file:///etc/passwd)\n\n'
    "[click](https://evil.example/a) <https://evil.example/b> https://evil.example/c [1](x) [7]\n\n"
    "[ref]: https://evil.example/d\n\n[ref] "
    "\ue0001\ue001 control \x00\x01\x08\x0b\x1b\uffff end\n\n"
    "\ud800 &lt;b&gt; &#60;i&#62; <b onclick=x>bold</b> {{x}} ${x} %s {page}\n\n"
    "שלום עולם\n\nmixed \u202eevil\u202c مرحبا 🙂🚀 🇷🇺 end\n\n"
    "| a | b |\n|--|--|\n| `x|y` | <td> |\n\n"
    "```html\n</pre><script>alert(2)</script>\n```"
)


def text_of_docx(data: bytes) -> str:
    """Of the body, paragraph by paragraph, out of the XML itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    lines = []
    for paragraph in tree.iter(f"{_W}p"):
        signs = [
            each.text or "" if each.tag == f"{_W}t" else "\n"
            for each in paragraph.iter(f"{_W}t", f"{_W}br")
        ]
        lines.append("".join(signs))
    return "\n".join(lines)


def text_of_pdf(data: bytes) -> str:
    with pymupdf.open("pdf", data) as document:
        return "".join(page.get_text() for page in document)


def joined(text: str) -> str:
    return " ".join(text.split())


def written(found: Exported, language: str = "en") -> dict[str, bytes]:
    layout = laid_out(found, words(language))
    return {
        "md": markdown.write(layout),
        "docx": docx.write(layout),
        "pdf": pdf.write(layout, FONTS),
    }


def html(data: bytes) -> str:
    """As a reader that knows GitHub's dialect and lets HTML through would show it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(reader.render(data.decode()))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_everything_stands_in_the_docx(language: str) -> None:
    text = text_of_docx(written(sample(language), language)["docx"])
    assert [each for each in SEEN[language] if each not in joined(text)] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_everything_can_be_copied_out_of_the_pdf(language: str) -> None:
    data = written(sample(language), language)["pdf"]
    text = joined(text_of_pdf(data))
    assert [each for each in SEEN[language] if each not in text] == []
    with pymupdf.open("pdf", data) as document:
        fonts = {font[3] for page in document for font in page.get_fonts()}
        outline = document.get_toc()
        assert document.metadata["title"] == sample(language).title
    assert any("Inter" in each for each in fonts)
    assert len(outline) == 3
    assert len(data) < 400_000


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no poppler here")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_another_program_reads_the_pdf(language: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(written(sample(language), language)["pdf"])
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    )
    text = joined(done.stdout)
    pages = {"en": "Page 1 of 2", "ru": "Страница 1 из 2"}[language]
    assert [each for each in (*SEEN[language], pages) if each not in text] == []
    assert done.stderr == ""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_markdown_has_what_the_answer_has(language: str) -> None:
    shown = html(written(sample(language), language)["md"])
    text = joined(re.sub("<[^>]+>", " ", shown))
    assert [each for each in SEEN[language] if each not in text] == []
    for tag in ("<strong>28", "<em>14", '<td style="text-align:right">35', "<ol>", "<pre><code>"):
        assert tag in shown
    assert re.search(r"<ol>.*<ul>.*</ul>.*</ol>", shown, re.S)


def test_marks_without_support_are_left_out() -> None:
    files = written(sample("en"))
    for text in (files["md"].decode(), text_of_docx(files["docx"]), text_of_pdf(files["pdf"])):
        assert "[1" in text.replace("\\", "")
        assert "9]" not in text.replace("\\", "")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (AnswerState.STOPPED, "The answer was stopped before its end."),
        (AnswerState.WRITING, "The answer was stopped before its end."),
        (AnswerState.FAILED, "The answer could not be written."),
        (AnswerState.ABSTAINED, "Nothing in the documents comes near this question."),
        (AnswerState.QUOTED, "Written without a chat model"),
    ],
)
def test_how_an_answer_ended_is_said(state: AnswerState, told: str) -> None:
    files = written(exported(question("Why?"), answer("Because", state=state)))
    for text in (files["md"].decode(), text_of_docx(files["docx"]), text_of_pdf(files["pdf"])):
        assert told in joined(text)


def test_nothing_of_an_answer_comes_to_life() -> None:
    found = source(1, "<b>name</b> & [x](y).pdf", "say <i>so</i>", Locator(0, 13))
    at = HOSTILE.index("\n")
    told = (Citation(1, at, "say <i>so</i>", 0, 13, True), Citation(7, 200, "", 0, 0, False))
    files = written(
        exported(question("<script>q</script>"), answer(HOSTILE, (found,), told), title="<h1>&")
    )
    shown = html(files["md"])
    assert not re.search(r"<(a|img|script|b|i|td onclick)\b(?! style)", shown)
    raw = files["md"].decode()
    assert not re.search(r"https?://|(?<!\\)\]\(", raw.split("```")[0])
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as package:
        names = package.namelist()
        relations = package.read("word/_rels/document.xml.rels")
    assert b"evil" not in relations
    assert b"External" not in relations
    assert not [name for name in names if "media" in name]
    text = text_of_docx(files["docx"])
    assert "<script>alert(1)</script>" in text
    assert "control  end" in text
    with pymupdf.open("pdf", files["pdf"]) as document:
        assert [link for page in document for link in page.get_links()] == []
        assert [image for page in document for image in page.get_images()] == []
    assert "<script>alert(1)</script>" in joined(text_of_pdf(files["pdf"]))
    assert b"root:" not in files["pdf"]


def test_right_to_left_text_is_marked_so() -> None:
    data = written(exported(question("שלום עולם"), answer("مرحبا بالعالم")))
    with zipfile.ZipFile(io.BytesIO(data["docx"])) as package:
        xml = package.read("word/document.xml").decode()
    assert xml.count("<w:bidi/>") == 2
    assert "שלום עולם" in text_of_docx(data["docx"])
    with pymupdf.open("pdf", data["pdf"]) as document:
        spans = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block["lines"]
            for span in line["spans"]
            if re.search("[\u0590-\u05ff]", span["text"])
        ]
        assert max(span["bbox"][2] for span in spans) > 500, "at the right margin"


@pytest.mark.parametrize("place", ["row", "fence"])
def test_a_mark_does_not_undo_what_it_stands_behind(place: str) -> None:
    text = {"row": "| a | b |\n|---|---|\n| c | d |", "fence": "```\ncode\n```"}[place]
    found = source(1, "x.txt", "c d", Locator(0, 3))
    told = Citation(1, len(text), "c d", 0, 3, True)
    files = written(exported(question("?"), answer(f"{text}\n\nafter", (found,), (told,))))
    shown = html(files["md"])
    assert "<p>after</p>" in shown
    assert ("<td>d [1]</td>" if place == "row" else "<p>[1]</p>") in shown


def test_nothing_runs_off_the_page() -> None:
    wide = "| " + " | ".join(f"Wide{'x' * 20}{n}" for n in range(8)) + " |"
    text = f"{'W' * 400}\n\n```\n{'y' * 300}\n```\n\n{wide}\n{'|---' * 8}|\n{wide}\n"
    data = written(exported(question("Q" * 200), answer(text), title="T" * 200))["pdf"]
    with pymupdf.open("pdf", data) as document:
        words = [word for page in document for word in page.get_text("words")]
    assert max(word[2] for word in words) <= 526
    assert sum(word[4].count("W") for word in words) == 400 + 16
    assert sum(word[4].count("y") for word in words if "yy" in word[4]) == 300


def test_no_page_ends_in_a_heading() -> None:
    turns = [
        each for n in range(40) for each in (question(f"Q{n}?"), answer("word\n\n" * (n % 9 + 1)))
    ]
    data = written(exported(*turns))["pdf"]
    with pymupdf.open("pdf", data) as document:
        last = [page.get_text("blocks", clip=(0, 0, 595, 780)) for page in document]
    ends = [max(blocks, key=lambda block: block[3])[4].strip() for blocks in last]
    assert len(ends) > 4
    assert not [each for each in ends if each == "Answer" or each.startswith("Question")]


def test_two_lists_stay_two() -> None:
    text = "3. three\n4. four\n\n- one\n\n* two\n  more\n\n1) again"
    data = written(exported(question("?"), answer(text)))
    shown = html(data["md"])
    assert shown.count("<ol") == 2
    assert shown.count("<ul") == 2
    assert '<ol start="3">' in shown
    with zipfile.ZipFile(io.BytesIO(data["docx"])) as package:
        numbering = etree.fromstring(package.read("word/numbering.xml"))
    starts = [each.get(f"{_W}val") for each in numbering.iter(f"{_W}startOverride")]
    assert starts == ["3", "1"]


@pytest.mark.slow
def test_ten_thousand_lines() -> None:
    text = "".join(f"line **{n}** of it\n\n" for n in range(1, 5_001))
    files = written(exported(question("?"), answer(text)))
    assert "line **5000** of it" in files["md"].decode()
    assert "line 5000 of it" in text_of_pdf(files["pdf"])
    assert "line 5000 of it" in text_of_docx(files["docx"])


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_libreoffice_opens_the_docx(tmp_path: Path) -> None:
    """All in one start of it: samples in both languages, and what is hostile."""
    found = {"en": sample("en"), "ru": sample("ru"), "hostile": exported(
        question(HOSTILE), answer(HOSTILE), title=HOSTILE[:300])}  # fmt: skip
    for name, each in found.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(docx.write(laid_out(each, words("ru" if name == "ru" else "en"))))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, *tmp_path.glob("*.docx")],
        capture_output=True, check=True, timeout=200,
    )  # fmt: skip
    for language, seen in SEEN.items():
        text = joined(text_of_pdf((tmp_path / f"{language}.pdf").read_bytes()))
        assert [each for each in seen if each not in text] == []
        assert {"en": "Page 1 of 2", "ru": "Страница 1 из 2"}[language] in text
    assert "<script>alert(1)</script>" in text_of_pdf((tmp_path / "hostile.pdf").read_bytes())


def test_nothing_else_is_said_of_whoever_wrote_it() -> None:
    data = written(sample("en"))["docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core: Any = etree.fromstring(package.read("docProps/core.xml"))
    told = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert told["title"] == sample("en").title
    assert not told.get("creator")
    assert "python-docx" not in etree.tostring(core).decode()
