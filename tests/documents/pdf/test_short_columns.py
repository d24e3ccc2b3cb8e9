"""Columns of short lines are read one after the other; tables of words stay tables."""

import pymupdf
import pytest

from app.documents.pdf.pdf import read
from app.domain.library.documents import BlockKind, ReadDocument

FONT = pymupdf.Font("cjk")
TEXTS = (
    "Цех литья перевыполнил план на девять процентов. Бригада мастера Горшкова выпустила двести"
    " сорок отливок корпуса насоса и сдала их отделу контроля без замечаний.",
    "Столовая номер три переходит на новый режим: обеды с одиннадцати до пятнадцати часов. Ужины"
    " для вечерней смены до двадцати двух часов, талоны выдаёт кладовщик.",
    "Автобус на Заречный отправляется от проходной в семнадцать десять, по субботам рейса нет."
    " Справки даёт диспетчер по телефону двенадцать.",
)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines of at most `width` points."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if FONT.text_length(longer, fontsize=size) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def printed(columns: list[list[str]], step: float, size: float = 10, above: str = "") -> bytes:
    """A page of columns of lines, `step` points apart from edge to edge, under a line above."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font(fontname="F0", fontbuffer=FONT.buffer)
    page.insert_text((60, 60), above, fontsize=size, fontname="F0")
    for number, lines in enumerate(columns):
        for at, line in enumerate(lines):
            place = (60 + step * number, 100 + 1.3 * size * at)
            page.insert_text(place, line, fontsize=size, fontname="F0")
    data = bytes(document.tobytes())
    document.close()
    return data


def words(document: ReadDocument) -> str:
    return " ".join(block.text for block in document.blocks)


@pytest.mark.parametrize("size", [8.0, 10.0])
@pytest.mark.parametrize(("number", "step", "width"), [(3, 165, 140), (2, 190, 165), (2, 160, 130)])
def test_sentences_of_short_columns_are_whole(
    number: int, step: float, width: float, size: float
) -> None:
    columns = [wrapped(text, width, size) for text in TEXTS[:number]]
    above = "Новости завода за неделю с двенадцатого по девятнадцатое марта, выпуск шестой"
    document = read(printed(columns, step, size, above), "news.pdf")
    assert all(text in words(document) for text in TEXTS[:number])
    assert all(block.kind is not BlockKind.TABLE for block in document.blocks)


def test_columns_with_divided_words() -> None:
    columns = [
        "The plant has exceed-|ed its plan for this|year. The crew of Mr|Potter was thanked.",
        "The bus to the river|leaves at six. On Sun-|days it does not run,|ask at the gate.",
    ]
    text = words(read(printed([column.split("|") for column in columns], 180), "news.pdf"))
    assert (
        "The plant has exceeded its plan for this year. The crew of Mr Potter was thanked." in text
    )
    assert (
        "The bus to the river leaves at six. On Sundays it does not run, ask at the gate." in text
    )


def test_paragraphs_with_indents_under_headlines() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font(fontname="F0", fontbuffer=FONT.buffer)
    for number, (headline, text) in enumerate(zip(("Литьё", "Обед", "Рейсы"), TEXTS, strict=True)):
        left, baseline = 60 + 165 * number, 120
        page.insert_text((left, 100), headline, fontsize=13, fontname="F0")
        for paragraph in text.replace(". ", ".|").split("|"):
            for at, line in enumerate(wrapped(paragraph, 130, 10)):
                place = (left + (0 if at else 12), baseline)
                page.insert_text(place, line, fontsize=10, fontname="F0")
                baseline += 13
    text = words(read(document.tobytes(), "news.pdf"))
    assert all(whole in text for whole in TEXTS)


TABLES = (
    (("Наименование", "Цвет", "Где хранится"), ("болт оцинкованный", "белый", "в шкафу у входа"),
     ("гайка шестигранная", "чёрный", "на полке"), ("шайба плоская", "серый", "в ящике стола"),
     ("шплинт разводной", "жёлтый", "в цехе"), ("винт с потайной головкой", "синий", "нет")),
    (("Должность", "Фамилия", "Обязанность"), ("Мастер участка", "Горшков", "Принимает смену."),
     ("Начальник цеха", "Бугаев", "Утверждает план."), ("Кладовщик", "Сычёва", "Выдаёт талоны."),
     ("Диспетчер", "Яшин", "Отправляет автобус."), ("Слесарь", "Котов", "Чинит станки.")),
    (("Порядок приёмки", "Склад принимает товар"), ("на складе", "до шести часов."),
     ("Порядок отгрузки", "Водитель предъявляет"), ("со склада", "доверенность."),
     ("Порядок возврата", "Покупатель подаёт"), ("поставщику", "заявление."),
     ("Порядок списания", "Комиссия составляет"), ("в убыток", "акт.")),
    (("Item", "2024", "2023"), ("sales", "1,234", "1,100"), ("costs", "(567)", "(1)"),
     ("other costs", "89", "90"), ("tax on profit", "12", "11"), ("net result.", "34", "33")),
)  # fmt: skip


@pytest.mark.parametrize("rows", TABLES)
def test_tables_of_words_stay_tables(rows: tuple[tuple[str, ...], ...]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    blocks = read(printed(columns, 170), "table.pdf").blocks
    assert [block.kind for block in blocks] == [BlockKind.TABLE]
    assert blocks[0].text.split("\n") == [" | ".join(row) for row in rows]
