import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml

from app.documents.reading.reader import DocumentSource, read
from app.documents.word.docx_numbering import Numbering
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded
from app.domain.library.documents import BlockKind, ReadDocument
from tests.documents.packages import unzipped
from tests.samples import make_docx


def read_docx(data: bytes) -> ReadDocument:
    return read(DocumentSource("sample.docx", data=data))


def test_structure_in_document_order() -> None:
    document = read_docx(
        make_docx(
            [
                ("Title", "Отчёт о работе"),
                ("Heading 1", "Глава"),
                ("Normal", "Абзац."),
                ("List Bullet", "пункт"),
                ("List Bullet 2", "подпункт"),
                [["Год", "Сумма"], ["2018", "12"]],
                ("Heading 2", "Раздел"),
                ("Normal", "Конец."),
            ]
        )
    )
    assert document.title == "Отчёт о работе"
    assert document.pages is None
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "Отчёт о работе"),
        (BlockKind.HEADING, 1, "Глава"),
        (BlockKind.PARAGRAPH, 0, "Абзац."),
        (BlockKind.LIST_ITEM, 1, "пункт"),
        (BlockKind.LIST_ITEM, 2, "подпункт"),
        (BlockKind.TABLE, 0, "Год | Сумма\n2018 | 12"),
        (BlockKind.HEADING, 2, "Раздел"),
        (BlockKind.PARAGRAPH, 0, "Конец."),
    ]


def test_unseen_characters_are_stripped() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "obey")
    document = read_docx(make_docx([("Normal", f"Vis\u200bible{hidden} te\u00adxt\u202e.")]))
    assert document.blocks[0].text == "Visible text."


def test_password_and_damage() -> None:
    with pytest.raises(PasswordNeeded):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(DamagedFile):
        read_docx(b"PK\x03\x04 and no more")
    with pytest.raises(DamagedFile):
        read_docx(b"\0 no text")
    whole = make_docx([("Normal", "Text.")])
    with pytest.raises(DamagedFile):
        read_docx(whole[: len(whole) // 2])


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return stream.getvalue()


def test_zip_bomb_is_refused_before_it_inflates() -> None:
    bomb = zipped({"word/document.xml": b" " * 20_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(FileTooLarge):
        read_docx(bomb)


def test_a_blank_preview_is_no_zip_bomb() -> None:
    """Windows draws the preview of an embedded sheet into a metafile of one colour."""
    document = docx.Document()
    document.add_paragraph("Rent is due.")
    stream = io.BytesIO()
    document.save(stream)
    preview = {"word/media/image1.emf": bytes(20_000_000)}
    data = zipped(unzipped(stream.getvalue()) | preview)
    assert len(data) < 100_000
    assert [block.text for block in read_docx(data).blocks] == ["Rent is due."]


def test_too_many_parts_and_wrong_parts() -> None:
    with pytest.raises(FileTooLarge):
        read_docx(zipped({f"{number}": b"" for number in range(10_001)}))
    with pytest.raises(DamagedFile):
        read_docx(zipped({"word/document.xml": b"<not-xml", "[Content_Types].xml": b"<"}))


def test_everything_that_word_knows() -> None:
    """files/everything.docx: LibreOffice wrote it, with a deletion, a comment, a nested table."""
    path = Path(__file__).parents[1] / "files" / "everything.docx"
    document = read(DocumentSource(path.name, str(path)))
    assert document.title == "Положение о складском учёте"
    assert [(b.kind.value, b.level, b.text) for b in document.blocks] == [
        ("heading", 1, "1. Общие положения"),
        ("paragraph", 0, "Учёт ведёт кладовщик в журнале. Вставленные слова."),
        ("paragraph", 0, "Сноска: назначается приказом директора."),
        ("paragraph", 0, "Концевая: форма журнала М-17."),
        ("heading", 2, "1.1. Приёмка товара"),
        ("list_item", 1, "1) проверить накладную"),
        ("list_item", 2, "a) дату"),
        ("list_item", 2, "b) подпись"),
        ("list_item", 1, "2) пересчитать места"),
        ("list_item", 1, "пункт без номера"),
        ("paragraph", 0, "Замечание к разделу."),
        ("paragraph", 0, "Врезка: телефон склада 55-12."),
        ("paragraph", 0, "Петрова: Уточнить срок."),
        (
            "table",
            0,
            "Товар | Остаток | Остаток\nТовар | январь | март\nКраска ¦ белая | 12 | 7\n"
            "Инструмент\nДрель | 3 | см. ниже",
        ),
        ("table", 0, "Полка А | 2\nПолка Б | 1"),
        ("heading", 1, "2. Расчёты"),
        ("paragraph", 0, "Формула: S=(a+b)/2."),
        ("paragraph", 0, "ООО «Северный склад», для служебного пользования"),
    ]
    assert [b.headers for b in document.blocks if b.kind is BlockKind.TABLE] == [2, 0]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("decimal", "1 2 3"),
        ("upperRoman", "I II III"),
        ("lowerLetter", "a b c"),
        ("russianLower", "а б в"),
        ("decimalZero", "01 02 03"),
    ],
)
def test_numbers_before_paragraphs(kind: str, written: str) -> None:
    numbering = Numbering(parse_xml(_NUMBERING.replace("KIND", kind)))
    assert [numbering.mark("7", 0) for _ in range(3)] == [f"§{n}." for n in written.split()]
    assert numbering.mark("7", 1) == f"{written.split()[-1]}-5"
    assert numbering.mark("7", 8) == numbering.mark("no such list", 0) == ""


def numbering(levels: str, numbers: str) -> Numbering:
    """Of one abstract list with these levels, and `numbers` as its instances."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    abstract = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return Numbering(parse_xml(f'<w:numbering xmlns:w="{space}">{abstract}{numbers}</w:numbering>'))


def level(at: int, text: str, more: str = "", kind: str = "decimal") -> str:
    shape = f'<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/>{shape}</w:lvl>'


def instance(key: int, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{more}</w:num>'


def start_at(at: int, number: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{number}"/></w:lvlOverride>'


def marks(counted: Numbering, *paragraphs: tuple[str, int]) -> list[str]:
    return [counted.mark(key, at) for key, at in paragraphs]


CLAUSES = level(0, "%1.") + level(1, "%1.%2.") + level(2, "%1.%2.%3.")


def test_a_list_that_begins_anew_has_the_numbers_that_word_prints() -> None:
    two_parts = numbering(CLAUSES, instance(1) + instance(2, start_at(0, 1)))
    assert marks(two_parts, ("1", 0), ("1", 0), ("2", 0), ("2", 0)) == ["1.", "2.", "1.", "2."]
    contract = numbering(CLAUSES, instance(1) + instance(2, start_at(0, 7)))
    read = marks(contract, ("1", 0), ("1", 1), ("2", 0), ("2", 1), ("2", 1), ("2", 0), ("2", 1))
    assert read == ["1.", "1.1.", "7.", "7.1.", "7.2.", "8.", "8.1."]


def test_a_list_that_says_nothing_goes_on_counting() -> None:
    going_on = numbering(CLAUSES, instance(1) + instance(2))
    assert marks(going_on, ("1", 0), ("2", 0), ("1", 0)) == ["1.", "2.", "3."]
    inner = numbering(CLAUSES, instance(1) + instance(2, start_at(1, 5)))
    read = marks(inner, ("1", 0), ("1", 1), ("2", 1), ("2", 1), ("2", 0), ("2", 1))
    assert read == ["1.", "1.1.", "1.5.", "1.6.", "2.", "2.1."]


def test_a_redefined_level_and_a_linked_style_are_followed() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "§ %1", kind="upperRoman")}</w:lvlOverride>'
    assert marks(numbering(CLAUSES, instance(1, other)), ("1", 0), ("1", 1)) == ["§ I", "I.1."]
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    linked = Numbering(
        parse_xml(
            f'<w:numbering xmlns:w="{space}"><w:abstractNum w:abstractNumId="0">'
            '<w:numStyleLink w:val="Clauses"/></w:abstractNum><w:abstractNum w:abstractNumId="4">'
            f'<w:styleLink w:val="Clauses"/>{CLAUSES}</w:abstractNum>{instance(1)}</w:numbering>'
        )
    )
    assert marks(linked, ("1", 0), ("1", 1)) == ["1.", "1.1."]


def test_legal_numbering_is_in_digits_and_some_levels_never_restart() -> None:
    legal = level(0, "Глава %1.", kind="upperRoman") + level(1, "Статья %1.%2.", "<w:isLgl/>")
    read = marks(numbering(legal, instance(1, start_at(0, 4))), ("1", 0), ("1", 1))
    assert read == ["Глава IV.", "Статья 4.1."]
    through = level(0, "Глава %1.") + level(1, "Статья %2.", '<w:lvlRestart w:val="0"/>')
    read = marks(numbering(through, instance(1)), ("1", 0), ("1", 1), ("1", 0), ("1", 1))
    assert read == ["Глава 1.", "Статья 1.", "Глава 2.", "Статья 2."]
    from_first = CLAUSES.replace("%1.%2.%3.", "%3)").replace(
        'w:ilvl="2"><w:start w:val="1"/>',
        'w:ilvl="2"><w:start w:val="1"/><w:lvlRestart w:val="1"/>',
    )
    read = marks(
        numbering(from_first, instance(1)),
        ("1", 0), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2),
    )  # fmt: skip
    assert read == ["1.", "1.1.", "1)", "1.2.", "2)", "2.", "1)"]


@pytest.mark.parametrize("damaged", ["<w:num/>", '<w:num w:numId="1"/>', instance(1, "<w:x/>")])
def test_a_damaged_numbering_numbers_nothing(damaged: str) -> None:
    broken = '<w:lvl w:ilvl="x"/><w:lvl w:ilvl="77"><w:lvlText w:val="%1"/></w:lvl>'
    assert marks(numbering(broken, damaged), ("1", 0), ("1", 8), ("2", 0)) == ["", "", ""]


_NUMBERING = """<w:numbering
xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum
w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="KIND"/><w:lvlText w:val="§%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1-%2"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_hidden_and_moved_text_is_left_out() -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("Seen ")
    paragraph.add_run("hidden").font.hidden = True
    moved = parse_xml(
        '<w:moveFrom xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:r><w:t>moved</w:t></w:r></w:moveFrom>"
    )
    paragraph._p.append(moved)
    paragraph.add_run("text.")
    stream = io.BytesIO()
    document.save(stream)
    assert [block.text for block in read_docx(stream.getvalue()).blocks] == ["Seen text."]


def test_powers_and_indices_keep_their_meaning() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Давление 10")
    for raised, lowered, after in (("6", "", " Па, 3·10"), ("-4", "", ", H"), ("", "2", "O")):
        run = paragraph.add_run(raised or lowered)
        run.font.superscript, run.font.subscript = bool(raised), bool(lowered)
        paragraph.add_run(after)
    stream = io.BytesIO()
    document.save(stream)
    found = read(DocumentSource("a.docx", data=stream.getvalue()))
    assert found.blocks[0].text == "Давление 10⁶ Па, 3·10⁻⁴, H₂O"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☑ Agree"),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☑ Agree"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐ Agree"),
        (
            "<w:ddList><w:result w:val='1'/><w:listEntry w:val='Yes'/><w:listEntry w:val='No'/>"
            "</w:ddList>",
            "No Agree",
        ),
        ("<w:ddList><w:result w:val='9'/><w:listEntry w:val='Yes'/></w:ddList>", "Agree"),
        ("<w:textInput/>", "Agree"),
    ],
)
def test_what_is_chosen_in_a_form_of_old_word(form: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph._p.append(
        parse_xml(
            "<w:r xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
            f"<w:fldChar w:fldCharType='begin'><w:ffData>{form}</w:ffData></w:fldChar></w:r>"
        )
    )
    paragraph.add_run(" Agree")
    stream = io.BytesIO()
    document.save(stream)
    found = read(DocumentSource("a.docx", data=stream.getvalue()))
    assert found.blocks[0].text == text


@pytest.mark.parametrize(
    ("font", "code", "text"),
    [
        ("Symbol", "F061", "α"),
        ("Symbol", "F0B1", "±"),
        ("symbol", "B3", "≥"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings 2", "F052", "☑"),
        ("Arial", "2264", "≤"),
        ("Wingdings", "F001", ""),
        ("Wingdings", "nonsense", ""),
    ],
)
def test_signs_of_other_fonts(font: str, code: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Sign: ")
    paragraph._p.append(
        parse_xml(
            "<w:r xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
            f"<w:sym w:font='{font}' w:char='{code}'/></w:r>"
        )
    )
    stream = io.BytesIO()
    document.save(stream)
    found = read(DocumentSource("a.docx", data=stream.getvalue()))
    assert found.blocks[0].text == f"Sign: {text}".strip()
