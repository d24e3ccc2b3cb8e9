"""Pictures that the text layer of a page does not cover, and text layers that are no language."""

import pymupdf
import pytest

from app.documents.pdf import pdf
from app.documents.pictures import ocr
from app.documents.pictures.image_file import is_paper
from app.documents.pictures.legible import garbled, is_language
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

LETTER = (
    "<p>Уважаемая Алла Сергеевна!</p><p>Просим перенести испытания линии розлива на двадцать"
    " шестое октября, поскольку датчик расхода поступит только через полторы недели.</p>"
)
TABLE = (
    "<table><tr><td>Manometer</td><td>verdict good</td></tr><tr><td>Thermometer</td>"
    "<td>verdict rejected</td></tr></table>"
)
STAMP = (
    "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ Сертификат 00B4F1A7C3D2E988 Владелец Степанюк Олег"
    " Игоревич Действителен с 14.01.2026 по 09.04.2027"
)
PROSE = (
    "The results of the inspection are given in the figure below. It was pasted from the program"
    " of the laboratory as a picture, and the protocols are kept in its archive for five years."
)


@pytest.fixture
def _recognition() -> None:
    if ocr.data_folder() is None:
        pytest.skip("no recognition data: run packaging/recognition_kit.py")


def picture(html: str, width: float, height: float, dpi: int = 150) -> bytes:
    """A rendered piece of print, as a scanner or a screenshot has it."""
    with pymupdf.open() as document:
        page = document.new_page(width=width, height=height)
        page.insert_htmlbox((20, 10, width - 20, height - 10), html)
        return bytes(page.get_pixmap(dpi=dpi).tobytes("png"))


def photograph() -> bytes:
    """Colours that flow into each other."""
    pixels = bytes(
        (row * 2 + column + shade * 40) % 256
        for row in range(120)
        for column in range(160)
        for shade in range(3)
    )
    return bytes(pymupdf.Pixmap(pymupdf.csRGB, 160, 120, pixels, False).tobytes("png"))


def document(*parts: tuple[tuple[float, float, float, float], bytes | str]) -> bytes:
    """A page with pictures (bytes) and text (HTML) in their places."""
    with pymupdf.open() as made:
        page = made.new_page()
        for place, part in parts:
            if isinstance(part, bytes):
                page.insert_image(pymupdf.Rect(place), stream=part)
            else:
                page.insert_htmlbox(pymupdf.Rect(place), part)
        return bytes(made.tobytes())


def text(found: ReadDocument) -> str:
    return " ".join(" ".join(block.text for block in found.blocks).split())


@pytest.mark.usefixtures("_recognition")
class TestRecognised:
    def test_a_scan_under_a_stamp(self) -> None:
        scan = picture(LETTER, 595, 842)
        found = pdf.read(document(((0, 0, 595, 842), scan), ((60, 740, 320, 830), STAMP)), "a.pdf")
        assert "двадцать шестое октября" in text(found)
        assert text(found).count("Владелец") == 1, "the stamp is on the picture as well"
        assert found.blocks[0].text.startswith("Уважаемая")
        box = found.blocks[0].boxes[0]
        assert 0 < box.x0 < box.x1 < 595
        assert 0 < box.y0 < box.y1 < 100
        assert found.reading.recognised_pictures == 1
        assert found.reading.complete
        assert (found.reading.confidence or 0) > 0.8

    def test_a_table_pasted_as_a_picture(self) -> None:
        pasted = picture(TABLE, 300, 80)
        made = document(((50, 40, 545, 120), PROSE), ((100, 400, 400, 480), pasted))
        found = pdf.read(made, "a.pdf")
        assert "Thermometer" in found.blocks[-1].text
        assert "rejected" in found.blocks[-1].text
        box = found.blocks[-1].boxes[0]
        assert 100 < box.x0 < 400
        assert 400 < box.y0 < 480

    def test_a_picture_on_a_turned_page(self) -> None:
        made = pymupdf.open(stream=document(((50, 40, 545, 120), PROSE)))
        page = made[0]
        page.insert_image((100, 300, 180, 600), stream=picture(TABLE, 300, 80), rotate=90)
        page.set_rotation(90)
        found = pdf.read(bytes(made.tobytes()), "a.pdf")
        assert "rejected" in text(found)

    def test_strips_of_one_scan(self) -> None:
        whole = pymupdf.Pixmap(picture(LETTER, 595, 300))
        strips = []
        for at in range(10):
            height = whole.height // 10
            part = pymupdf.IRect(0, at * height, whole.width, (at + 1) * height)
            strip = pymupdf.Pixmap(whole.colorspace, part, whole.alpha)
            strip.copy(whole, part)
            strips.append(((0, at * 30, 595, (at + 1) * 30), bytes(strip.tobytes("png"))))
        found = pdf.read(document(*strips, ((60, 740, 320, 830), STAMP)), "a.pdf")
        assert "двадцать шестое октября" in text(found)
        assert found.reading.recognised_pictures == 1

    def test_a_letterhead_is_read_once(self) -> None:
        head = picture("<p>Harbour Office of Westbrook, 12 Quay Street</p>", 300, 40)
        made = pymupdf.open()
        for _ in range(3):
            page = document(((50, 140, 545, 220), PROSE), ((50, 20, 350, 60), head))
            made.insert_pdf(pymupdf.open(stream=page))
        found = pdf.read(bytes(made.tobytes()), "a.pdf")
        assert text(found).count("Quay Street") == 1

    def test_what_was_recognised_before_is_not_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr.Recogniser, "read", lambda *_: pytest.fail("recognised"))
        made = pymupdf.open(stream=document(((0, 0, 595, 842), picture(LETTER, 595, 842))))
        for row in range(12):
            line = "The results of the inspection are given here"
            made[0].insert_text((72, 72 + 14 * row), line, render_mode=3)
        assert "inspection" in text(pdf.read(bytes(made.tobytes()), "a.pdf"))

    def test_letters_of_another_alphabet_are_recognised(self) -> None:
        """A font whose map leads to other letters: what is copied is no language."""
        cipher = str.maketrans("abcdefghijklmnopqrstuvwxyz", "defghijklmnopqrstuvwxyzabc")
        made = pymupdf.open(
            stream=document(((0, 0, 595, 842), picture(f"<p>{PROSE}</p>", 595, 842)))
        )
        for row in range(8):
            line = PROSE[row * 20 : row * 20 + 60].translate(cipher)
            made[0].insert_text((20, 22 + 14 * row), line, render_mode=3)
        found = pdf.read(bytes(made.tobytes()), "a.pdf")
        assert "protocols are kept in its archive" in text(found)
        assert (found.reading.recognised_pages, found.reading.text_pages) == (1, 0)


def test_a_photograph_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.Recogniser, "read", lambda *_: pytest.fail("recognised"))
    made = document(((50, 40, 545, 120), PROSE), ((100, 300, 500, 600), photograph()))
    found = pdf.read(made, "a.pdf")
    assert (found.reading.text_pages, found.reading.complete) == (1, True)


def test_without_recognition_data_the_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "data_folder", lambda: None)
    made = document(((50, 40, 545, 120), PROSE), ((100, 300, 400, 380), picture(TABLE, 300, 80)))
    found = pdf.read(made, "a.pdf").reading
    assert found.unread == (UnreadPart(UnreadReason.RECOGNITION_MISSING, page=1),)
    assert found.skipped_pictures == 1


def test_a_picture_without_print_is_an_unreadable_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.Recogniser, "read", lambda *_: None)
    made = pymupdf.open(stream=document(((50, 40, 545, 120), PROSE)))
    made.new_page().insert_image((0, 0, 595, 842), stream=photograph())
    found = pdf.read(bytes(made.tobytes()), "a.pdf").reading
    expected = UnreadReason.PAGE_ILLEGIBLE
    if ocr.data_folder() is None:
        expected = UnreadReason.RECOGNITION_MISSING
    assert found.unread == (UnreadPart(expected, page=2),)
    assert (found.text_pages, found.unreadable_pages) == (1, 1)


def test_paper_and_photographs() -> None:
    grey = pymupdf.csGRAY
    assert is_paper(pymupdf.Pixmap(grey, pymupdf.Pixmap(picture(TABLE, 300, 80))))
    assert not is_paper(pymupdf.Pixmap(grey, pymupdf.Pixmap(photograph())))


@pytest.mark.parametrize(
    "said",
    [
        "\x02\x0f\x13\x0c\x14\x15\x15 \x16\x0f\x17\x0e-300 The relief valve opens at 6.2 bar",
        "����� The relief valve of the boiler opens at 6.2 bar and closes at 5.8 bar",
        "Ïðèâåò, ýòî äîãîâîð àðåíäû ñêëàäà",
    ],
)
def test_letters_without_a_meaning(said: str) -> None:
    assert garbled(said)


@pytest.mark.parametrize(
    "said",
    [
        "• Пункт первый • пункт второй • пункт третий договора аренды",
        "Revenue 12,345 (678) 90.1% 2,345 678 901 234 567 890 123 456",
    ],
)
def test_letters_with_one(said: str) -> None:
    assert not garbled(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("пфшщчъсэпж цх дсшцтъзщзэпп схщтз сй чзихюмм лзйтмфпм й схфъщчм фм лхтнфх", False),
        ("7KH UHOLHI YDOYH RI ERLOHU RSHQV DW xpt EDUp &DOO IRUHPDQ :KLWORFN ZKHQ WKH", False),
        ("Рабочее давление в контуре не должно превышать 4,7 бар, иначе вызовите мастера", True),
        ("Der Hauptausschuss hat in seiner Sitzung vom Dienstag beschlossen zu vertagen", True),
        ("Yönetim kurulu toplantısında alınan kararlar ilgili birimlere yazılı bildirilir", True),
        ("КМ-58 ША-71 НЦ-12", True),
    ],
)
def test_whether_letters_make_a_language(said: str, expected: bool) -> None:
    assert is_language(said) is expected
