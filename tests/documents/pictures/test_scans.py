"""Scans and images, made by LibreOffice and Pillow, recognised; see files/README.md."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from app.documents.pdf import image, pdf
from app.documents.pdf.pdf_image import render
from app.documents.pictures import image_file, ocr
from app.documents.pictures.legible import garbled, legible_share
from app.documents.pictures.sketch import Sketch
from app.documents.reading.reader import DocumentSource, read
from app.documents.reading.sandbox import Sandbox
from app.domain.errors import DamagedFile, FileTooLarge, NoRecognition, NoText
from app.domain.library.documents import Block, BlockKind, ReadDocument
from tests.samples import make_pdf

pytestmark = pytest.mark.slow

FILES = Path(__file__).parents[1] / "files"
HEADING, PARAGRAPH, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE
CONTRACT = [
    (HEADING, "Договор аренды склада"),
    (
        PARAGRAPH,
        "Арендодатель передаёт, а арендатор принимает во временное пользование нежилое помещение"
        " площадью 240 квадратных метров по адресу: город Тверь, улица Озёрная, дом 14.",
    ),
    (TABLE, "Месяц | Плата, руб. | Срок"),
    (PARAGRAPH, "Просрочка платежа более десяти дней даёт право расторгнуть договор."),
]
REPORT = [
    "Warehouse inspection report",
    "The inspector visited the building on 12 March and found the roof in good order. Two of the"
    " seven fire doors did not close; the owner promised to repair them within thirty days.",
    "The sprinkler system was tested at a pressure of 6.5 bar and held it for two hours. Insurance"
    " cover of $1,250,000 remains in force until the end of December.",
]


@pytest.fixture
def _recognition() -> None:
    if ocr.data_folder() is None:
        pytest.skip("no recognition data: run packaging/recognition_kit.py")


def document(name: str) -> ReadDocument:
    return read(DocumentSource(name, str(FILES / name)))


def first_lines(blocks: tuple[Block, ...]) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text.split("\n")[0]) for block in blocks]


def errors(expected: str, found: str) -> int:
    """The least number of signs to insert, delete or replace."""
    row = list(range(len(found) + 1))
    for at, sign in enumerate(expected, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(found, 1):
            change = before + (sign != other)
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, change)
    return row[-1]


@pytest.mark.usefixtures("_recognition")
class TestRecognised:
    def test_russian_scan(self) -> None:
        found = document("scan_ru.pdf")
        assert first_lines(found.blocks) == CONTRACT
        assert found.blocks[2].text.split("\n")[1] == "Январь | 48 000 | 5 февраля"
        assert (found.title, found.pages) == (CONTRACT[0][1], 1)

    def test_english_scan_that_lies_askew(self) -> None:
        found = document("scan_en.pdf")
        assert [block.page for block in found.blocks] == [1, 1, 2]
        for block, expected in zip(found.blocks, REPORT, strict=True):
            assert errors(expected, block.text) <= 2

    def test_page_of_text_and_page_of_picture(self) -> None:
        found = document("mixed.pdf")
        assert [block.page for block in found.blocks] == [1, 1, 2, 2, 2, 2]
        assert found.blocks[0].text == "Приложение к договору"
        assert first_lines(found.blocks[2:]) == CONTRACT

    def test_pages_of_a_tiff_one_upside_down(self) -> None:
        told: list[tuple[int, int]] = []
        data = (FILES / "scan_pages.tiff").read_bytes()
        found = image.read(data, "scan.tiff", lambda *step: told.append(step))
        assert told == [(1, 2), (2, 2)]
        assert [block.text for block in found.blocks] == REPORT
        assert [block.page for block in found.blocks] == [1, 1, 2]
        assert found.pages == 2

    def test_photo_held_sideways_and_askew(self) -> None:
        assert first_lines(document("photo_ru.jpg").blocks) == CONTRACT

    @pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP", "GIF"])
    def test_other_kinds(self, kind: str) -> None:
        data = converted(FILES / "scan_pages.tiff", kind)
        found = read(DocumentSource(f"page.{kind.lower()}", data=data))
        assert [block.text for block in found.blocks] == REPORT[:2]

    def test_tiff_whose_pages_were_held_sideways(self) -> None:
        with Image.open(FILES / "scan_pages.tiff") as pages:
            first = pages.convert("1").rotate(90, expand=True)
        held = Image.Exif()
        held[0x0112] = 6
        options = {"exif": held, "dpi": (200, 200), "compression": "group4", "save_all": True}
        data = saved(first, "TIFF", append_images=[first.convert("1")], **options)
        with image_file.open_image(data, "held.tiff") as document:
            assert document.page_count == 2
            assert document[0].rect.width > document[0].rect.height
        assert [block.text for block in image.read(data, "held.tiff").blocks][:2] == REPORT[:2]

    @pytest.mark.parametrize(
        ("name", "page", "at"),
        [("scan_ru.pdf", 1, 0), ("scan_en.pdf", 1, 0), ("scan_pages.tiff", 2, 2),
         ("photo_ru.jpg", 1, 0)],
    )  # fmt: skip
    def test_boxes_lie_on_the_print(self, name: str, page: int, at: int) -> None:
        """What lies under the box of a line is dark; a band as high beside it is empty."""
        block = document(name).blocks[at]
        picture = render((FILES / name).read_bytes(), page, 2.0, block.text, block.boxes)
        assert picture.marks == tuple((b.x0, b.y0, b.x1, b.y1) for b in block.boxes)
        shown = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels).convert("L")
        x0, y0, x1, y1 = (2 * edge for edge in picture.marks[0])
        assert ink(shown.crop((int(x0), int(y0), int(x1), int(y1)))) > 0.03
        if name != "photo_ru.jpg":
            assert ink(shown.crop((int(x1) + 6, int(y0), picture.width, int(y1)))) < 0.004

    def test_searchable_scan_keeps_its_layer(self) -> None:
        import pymupdf

        with pymupdf.open(FILES / "scan_en.pdf") as scan:
            leaf = scan[0]
            layer = ["A layer that somebody has proofread."] * 4
            leaf.insert_text((50, 60), layer, render_mode=3)
            found = pdf.read(scan.tobytes(), "layer.pdf")
        assert found.blocks[0].text.startswith("A layer that somebody has proofread.")

    def test_layer_in_a_lost_encoding_is_replaced(self) -> None:
        import pymupdf

        lost = "Арендодатель передаёт, а арендатор принимает".encode("cp1251").decode("cp1252")
        with pymupdf.open(FILES / "scan_ru.pdf") as scan:
            scan[0].insert_text((50, 60), f"{lost} {lost} {lost}", render_mode=3)
            found = pdf.read(scan.tobytes(), "lost.pdf")
        assert first_lines(found.blocks) == CONTRACT

    def test_photo_without_print_is_no_text(self) -> None:
        noise = Image.effect_noise((200, 150), 90)
        with pytest.raises(NoText):
            image.read(saved(noise, "JPEG"), "photo.jpg")


@pytest.mark.usefixtures("_recognition")
def test_the_confined_child_recognises_and_shows() -> None:
    sandbox = Sandbox()
    try:
        found = sandbox.read(DocumentSource("scan_ru.pdf", str(FILES / "scan_ru.pdf")))
        assert first_lines(found.blocks) == CONTRACT
        shown = sandbox.render("an id", (FILES / "photo_ru.jpg").read_bytes, 1, 1.0)
        assert (shown.width > shown.height, shown.pages) == (True, 1)
    finally:
        sandbox.close()


def test_absent_data_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "data_folder", lambda: None)
    with pytest.raises(NoRecognition):
        document("scan_ru.pdf")
    assert len(document("mixed.pdf").blocks) == 2


def test_kit_comes_before_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LARETS_MODELS", str(tmp_path))
    (tmp_path / "tessdata").mkdir()
    for language in ("rus", "eng"):
        assert ocr.data_folder() != tmp_path / "tessdata"
        (tmp_path / "tessdata" / f"{language}.traineddata").touch()
    assert ocr.data_folder() == tmp_path / "tessdata"


def test_pages_of_text_are_told_and_never_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.Recogniser, "read", lambda *_: pytest.fail("recognised"))
    told: list[tuple[int, int]] = []
    pdf.read(make_pdf(["One.", "Two.", "Three."]), "x.pdf", lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_sketch_knows_lines_and_skew(turns: int) -> None:
    import pymupdf

    lines = "\n".join("words that fill a line from the left edge to the right one" for _ in "x" * 9)
    with pymupdf.open(stream=make_pdf([lines]), filetype="pdf") as plain:
        pixels = plain[0].get_pixmap(dpi=100)
    upright = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
    askew = upright.rotate(1.5 + 90 * turns, expand=True, fillcolor="white")
    with pymupdf.open(stream=saved(askew, "PNG"), filetype="png") as scan:
        sketch = Sketch(scan[0])
    assert sketch.sideways == bool(turns % 2)
    assert sketch.skew(turns) == pytest.approx(1.5, abs=0.15)


def test_legible() -> None:
    assert legible_share("Договор № 14 от 5 марта и the annex (USD 1,250.00)".split()) > 0.95
    assert legible_share("зиэиииооизб =) ~ |4 еeа8 рrпо Ъ„ ;x]".split()) < 0.6
    assert garbled("Ïðèâåò, ìèð! Ýòî òåêñò â ÷óæîé êîäèðîâêå.")
    assert garbled("\ue012\ue013\ue014\ue015" * 10)
    assert not garbled("Le garçon a été élevé à l'étranger, où il a vécu très âgé.")
    assert not garbled("Обычный русский текст с числами 1234 и знаками.")


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "GIF", "WEBP", "JPEG"])
def test_bomb_is_refused_before_it_is_unpacked(kind: str) -> None:
    data = bytearray(saved(Image.new("L", (40, 40)), kind))
    with pytest.raises((FileTooLarge, DamagedFile)):
        image_file.open_image(grown(data, kind), "bomb")


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "GIF", "WEBP", "JPEG"])
@pytest.mark.parametrize("share", [0.02, 0.5])
def test_truncated_image_is_an_error_or_a_picture(kind: str, share: float) -> None:
    data = converted(FILES / "scan_pages.tiff", kind)
    with suppress(DamagedFile):
        shown = render(data[: int(share * len(data))], 1, 1.0, "", ())
        assert shown.width > 1


def converted(path: Path, kind: str) -> bytes:
    with Image.open(path) as picture:
        grey = picture.convert("L")
    grey.info.clear()
    return saved(grey, kind, dpi=(200, 200))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def grown(data: bytearray, kind: str) -> bytes:
    """The same file with a header that claims 50000 × 50000, where its kind can."""
    import struct
    import zlib

    if kind == "PNG":
        data[16:24] = struct.pack(">II", 50_000, 50_000)
        data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    elif kind == "BMP":
        data[18:26] = struct.pack("<ii", 50_000, 50_000)
    elif kind == "GIF":
        data[6:10] = struct.pack("<HH", 50_000, 50_000)
    elif kind == "JPEG":
        frame = data.index(b"\xff\xc0")
        data[frame + 5 : frame + 9] = struct.pack(">HH", 50_000, 50_000)
    elif kind == "TIFF":
        for tag in (256, 257):
            at = data.index(struct.pack("<HHI", tag, 4, 1))
            data[at : at + 12] = struct.pack("<HHII", tag, 4, 1, 50_000)
    else:
        return bytes(data[: len(data) // 3])
    return bytes(data)


def ink(picture: Image.Image) -> float:
    """The share of pixels that are much darker than the paper."""
    histogram = picture.histogram()
    return sum(histogram[:110]) / max(sum(histogram), 1)
