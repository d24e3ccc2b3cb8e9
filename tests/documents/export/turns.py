"""Conversations to export: one as a company would hand it in, in both languages, and hostile
ones."""

import tomllib
from pathlib import Path

import msgspec

from app import paths
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Message,
    Segment,
    Source,
    Speaker,
    Timings,
)
from app.domain.chat.exported import Exported, ExportWords
from app.domain.library.documents import Locator

FONTS = paths.find().resources / "fonts"
#: 21 November 2026 at noon where the test runs is on that day everywhere from UTC−12 to UTC+11.
NOON = 1795262400.0


def words(language: str) -> ExportWords:
    file = paths.find().resources / f"export.{language}.toml"
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), ExportWords)


def question(text: str) -> Message:
    return Message(0, Speaker.USER, text, NOON)


def source(number: int, name: str, text: str, place: Locator) -> Source:
    segment = Segment(
        f"document{number}", name, str(Path("/files", name)), text, name, place, place,
        (number,), 0.8, 0.8, 0.5, (place,),
    )  # fmt: skip
    return Source(number, segment)


def cited(text: str, found: Source, before: str, quote: str = "") -> Citation:
    """`found` supports what stands before the first `before` in `text`."""
    quote = quote or found.segment.text
    start = found.segment.text.index(quote)
    return Citation(found.number, text.index(before), quote, start, start + len(quote), True)


def answer(
    text: str,
    sources: tuple[Source, ...] = (),
    citations: tuple[Citation, ...] = (),
    state: AnswerState = AnswerState.DONE,
    computed: Computed | None = None,
) -> Message:
    return Message(
        0, Speaker.ASSISTANT, text, NOON, state, sources, citations, Timings(1, 2, 3), "Llama 3.1",
        computed=computed,
    )  # fmt: skip


def exported(*turns: Message, title: str = "A title") -> Exported:
    return Exported(title, NOON, turns)


_ENGLISH = """Employees are entitled to **28 calendar days** of paid leave a year [1].

## How leave is planned

1. The schedule is approved two weeks before the year begins [2].
2. A part may be moved by agreement:
    - at least *14 days* in one piece;
    - the rest at any time.
3. Leave that was not taken is paid out [9].

| Group | Days | Note |
|---|---:|---|
| Office | 28 | basic |
| Field work | 35 | with `EXTRA-7` |

> The manager confirms the dates in writing.

```
leave = 28 + extra
```
"""
_RUSSIAN = """Работнику положено **28 календарных дней** оплачиваемого отпуска в год [1].

## Как планируется отпуск

1. График утверждается за две недели до начала года [2].
2. Часть отпуска можно перенести по соглашению:
    - не менее *14 дней* подряд;
    - остальное в любое время.
3. Неиспользованный отпуск оплачивается [9].

| Группа | Дней | Примечание |
|---|---:|---|
| Офис | 28 | основной |
| Полевые работы | 35 | с надбавкой `ДОП-7` |

> Руководитель подтверждает даты письменно.

```
отпуск = 28 + дополнительный
```
"""


def sample(language: str) -> Exported:
    """Leave and revenue: citations of which one has no support, a list, a table, code, a result."""
    return _russian() if language == "ru" else _english()


def _english() -> Exported:
    rules = source(
        1, "Staff regulations.pdf",
        "Every employee is entitled to 28 calendar days of paid leave each year. It is taken in "
        "parts.", Locator(0, 95, 12, "Chapter 4 › 4.2 Paid leave"),
    )  # fmt: skip
    order = source(
        2, "Order 17.docx",
        "The leave schedule is approved no later than two weeks before the calendar year begins.",
        Locator(0, 90, None, "Planning"),
    )  # fmt: skip
    sales = source(
        3, "Sales 2026.xlsx", "sum: 1205.5", Locator(0, 11, None, "", None, "Q3", "B3:B5")
    )
    result = Computed(
        3, "SELECT region, sum(revenue) FROM sheet GROUP BY region", ("region", "sum(revenue)"),
        (("North", 1205.5), ("South", 2024), ("West", None)), "Q3", "document3",
        "Sales 2026.xlsx", ("B3:B5", "D7"),
    )  # fmt: skip
    revenue = "North brought 1205.5 thousand [3]."
    return exported(
        question("How many days of paid leave does an employee have,\nand how is it planned?"),
        answer(_ENGLISH, (rules, order), (
            cited(_ENGLISH, rules, " [1]", rules.segment.text[:71]), cited(_ENGLISH, order, " [2]"),
            Citation(9, _ENGLISH.index(" [9]"), "", 0, 0, False),
        )),
        question("What was the revenue by region?"),
        answer(revenue, (sales,), (cited(revenue, sales, " [3]"),), computed=result),
        question("Who won the cup in 1994?"),
        answer("", (rules,), (), AnswerState.ABSTAINED),
        title="Paid leave and revenue of the third quarter",
    )  # fmt: skip


def _russian() -> Exported:
    rules = source(
        1, "Правила внутреннего распорядка.pdf",
        "Каждому работнику ежегодно предоставляется 28 календарных дней оплачиваемого отпуска. "
        "Отпуск делится на части.", Locator(0, 111, 12, "Глава 4 › 4.2 Оплачиваемый отпуск"),
    )  # fmt: skip
    order = source(
        2, "Приказ № 17.docx",
        "График отпусков утверждается не позднее чем за две недели до наступления года.",
        Locator(0, 80, None, "Планирование"),
    )  # fmt: skip
    sales = source(
        3, "Продажи 2026.xlsx", "сумма: 1205,5", Locator(0, 13, None, "", None, "3 кв.", "B3:B5")
    )
    result = Computed(
        3, "SELECT регион, sum(выручка) FROM sheet GROUP BY регион", ("регион", "sum(выручка)"),
        (("Север", 1205.5), ("Юг", 2024), ("Запад", None)), "3 кв.", "document3",
        "Продажи 2026.xlsx", ("B3:B5", "D7"),
    )  # fmt: skip
    revenue = "Север принёс 1205,5 тыс. руб. [3]."
    return exported(
        question("Сколько дней оплачиваемого отпуска у работника\nи как он планируется?"),
        answer(_RUSSIAN, (rules, order), (
            cited(_RUSSIAN, rules, " [1]", rules.segment.text[:85]), cited(_RUSSIAN, order, " [2]"),
            Citation(9, _RUSSIAN.index(" [9]"), "", 0, 0, False),
        )),
        question("Какая выручка по регионам?"),
        answer(revenue, (sales,), (cited(revenue, sales, " [3]"),), computed=result),
        question("Кто выиграл кубок в 1994 году?"),
        answer("", (rules,), (), AnswerState.ABSTAINED),
        title="Оплачиваемый отпуск и выручка за третий квартал",
    )  # fmt: skip
