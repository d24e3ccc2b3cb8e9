from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.tables.cell_values import CellValue, figure, is_value, typed
from app.documents.tables.number_format import makes_codes, shown_date, shown_number
from app.domain.library.tables import ColumnKind


def column(*texts: str) -> tuple[str, str, list[object]]:
    found = typed([CellValue(text) if text else None for text in texts])
    return found.kind.value, found.unit, list(found.values)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5", 5, ""), ("-5", -5, ""), ("−5", -5, ""), ("+5", 5, ""), ("(5)", -5, ""),
        ("1,234", 1234, ""), ("1 234", 1234, ""), ("1\u00a0234", 1234, ""),
        ("1'234'567", 1234567, ""),
        ("1,234.5", 1234.5, ""), ("12 %", 12, "%"), ("12%", 12, "%"), ("$5", 5, "$"),
        ("-$5.50", -5.5, "$"), ("5 €", 5, "€"), ("2.4m", 2.4, "m"), ("0.75 km", 0.75, "km"),
        ("435 sq mi", 435, "sq mi"), ("157 (48)", 157, ""), ("1,234[3]", 1234, ""), ("12*", 12, ""),
        (".5", 0.5, ""), ("EUR 5", 5, "EUR"), ("руб. -5", -5, "руб."), ("€-5", -5, "€"),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float, unit: str) -> None:
    assert figure(text) == (value, unit)


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "81-65", "1882–1886", "10.12.85", "12:30", "1,2,3", "L 5-6", "()"]
)
def test_no_numbers(text: str) -> None:
    assert figure(text) is None


def test_what_is_missing_is_empty() -> None:
    assert column("1", "—", "n/a", "", "3", "н/д") == ("number", "", [1, None, None, None, 3, None])
    assert column("a", "-", "b") == ("text", "", ["a", None, "b"])


def test_a_column_decides_what_a_comma_is() -> None:
    assert column("1,5", "2,25", "10,125") == ("number", "", [1.5, 2.25, 10.125])
    assert column("1,500", "2,250", "10,125") == ("number", "", [1500, 2250, 10125])
    assert column("1.234,50", "12,00") == ("number", "", [1234.5, 12])
    assert column("1 234,5", "99,1") == ("number", "", [1234.5, 99.1])


def test_units_are_shared_or_there_are_no_numbers() -> None:
    assert column("5 km", "7 km", "9") == ("number", "km", [5, 7, 9])
    assert column("5 km", "7 mi")[0] == "text"


@pytest.mark.parametrize(
    "codes",
    [
        ("007", "12"), ("12345678901234567890", "1"), ("01", "02"), ("НЦ-12", "НЦ-14"),
        ("УЗ-117", "УЗ-118"), ("A-5", "A-6"), ("М500", "М400"), ("A – 5", "A – 6"),
        ("цех 4", "цех 5"),
    ],
)  # fmt: skip
def test_codes_are_no_numbers(codes: tuple[str, str]) -> None:
    assert column(*codes) == ("text", "", list(codes))


@pytest.mark.parametrize("code", ['"НЦ-"00', "000-00-00", '00":"00":"000', "00 00 000000"])
def test_formats_of_codes(code: str) -> None:
    assert makes_codes(code)


@pytest.mark.parametrize("code", ["General", "# ?/?", "0.00E+00", '0"шт"', "#,##0.00", "0%", "0;;"])
def test_formats_of_numbers(code: str) -> None:
    assert not makes_codes(code)


def test_a_stray_word_costs_a_column_its_numbers_only_when_there_are_many() -> None:
    numbers = [str(each) for each in range(20)]
    assert column(*numbers, "unknown")[0] == "number"
    assert column("1", "2", "unknown")[0] == "text"


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("2024-01-31", "2023-12-01 10:30"), ["2024-01-31", "2023-12-01 10:30"]),
        (("31.01.2024", "1.2.99"), ["2024-01-31", "1999-02-01"]),
        (("01/31/2024", "02/03/2024"), ["2024-01-31", "2024-02-03"]),
        (("31/01/2024", "02/03/2024"), ["2024-01-31", "2024-03-02"]),
        (("January 5, 1989", "3 Feb 1990"), ["1989-01-05", "1990-02-03"]),
        (("5 января 1989 г.", "3 мая 1990"), ["1989-01-05", "1990-05-03"]),
    ],
)
def test_dates(texts: tuple[str, ...], values: list[str]) -> None:
    assert column(*texts) == ("date", "", values)


def test_impossible_dates_are_words() -> None:
    assert column("31.02.2024", "30.02.2024")[0] == "text"


def test_a_heading_with_a_number_is_no_value() -> None:
    assert not is_value(CellValue("1986 census"))
    assert is_value(CellValue("5 km"))
    assert not is_value(None)


@given(st.floats(-1e12, 1e12), st.sampled_from([",", " ", ""]), st.sampled_from(["", " %", " km"]))
def test_what_is_written_is_read(value: float, thousands: str, unit: str) -> None:
    text = f"{value:,.2f}".replace(",", thousands) + unit
    found = typed([CellValue(text), CellValue(f"{7:.2f}{unit}")])
    assert found.kind is ColumnKind.NUMBER
    assert found.values[0] == round(value, 2)
    assert found.unit == unit.strip()


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=12))
def test_any_column_has_as_many_values_as_cells(texts: list[str | None]) -> None:
    found = typed([CellValue(text) if text else None for text in texts])
    assert len(found.values) == len(texts)
    kinds = {
        ColumnKind.NUMBER: float, ColumnKind.DATE: str, ColumnKind.TEXT: str,
    }  # fmt: skip
    assert all(each is None or isinstance(each, kinds[found.kind]) for each in found.values)


@pytest.mark.parametrize(
    ("value", "code", "english", "russian"),
    [
        (1234567.5, "General", "1234567.5", "1234567,5"),
        (12, "General", "12", "12"),
        (1234567.5, "#,##0.00", "1,234,567.50", "1 234 567,50"),
        (0.125, "0%", "13%", "13%"),
        (0.125, "0.0%", "12.5%", "12,5%"),
        (5, '"$"#,##0.00', "$5.00", "$5,00"),
        (5, '#,##0.00\\ "₽"', "5.00 ₽", "5,00 ₽"),
        (5, "[$€-407]#,##0", "€5", "€5"),
        (-5, "#,##0;[Red](#,##0)", "(5)", "(5)"),
        (-5, '"$"#,##0', "-$5", "-$5"),
        (0, '0;-0;"нет"', "нет", "нет"),
        (2.5, "0.##", "2.5", "2,5"),
        (2, "0.##", "2", "2"),
        (1500000, '0.0,,"M"', "1.5 M", "1,5 M"),
        (12345, "0.00E+00", "1.23E+04", "1,23E+04"),
        (7, "@", "7", "7"),
        (7, "00000", "00007", "00007"),
        (7.5, "000.0", "007.5", "007,5"),
        (1234567, "000-00-00", "123-45-67", "123-45-67"),
        (9161234567, '"+7" (000) 000-00-00', "+7 (916) 123-45-67", "+7 (916) 123-45-67"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234", "555-1234"),
        (9165551234, "[<=9999999]###-####;(###) ###-####", "(916) 555-1234", "(916) 555-1234"),
        (4510123456, "00 00 000000", "45 10 123456", "45 10 123456"),
        (1234567.5, "# ##0.0", "1,234,567.5", "1 234 567,5"),
        (12, '"НЦ-"000"-К"', "НЦ-012-К", "НЦ-012-К"),
        (2.5, "# ?/?", "2 1/2", "2 1/2"),
        (-2.75, "# ?/8", "-2 6/8", "-2 6/8"),
        (3.14159, "# ??/??", "3 14/99", "3 14/99"),
        (2.5, "?/?", "5/2", "5/2"),
        (3, "# ?/?", "3", "3"),
        (0, '[=1]"да";[=0]"нет"', "нет", "нет"),
        (0, '#,##0.00;-#,##0.00;"-"??', "-", "-"),
    ],
)
def test_numbers_as_shown(value: float, code: str, english: str, russian: str) -> None:
    assert shown_number(value, code, "en") == english
    assert shown_number(value, code, "ru") == russian


@pytest.mark.parametrize(
    ("code", "english", "russian"),
    [
        ("dd.mm.yyyy", "09.02.2024", "09.02.2024"),
        ("mm-dd-yy", "2024-02-09", "09.02.2024"),
        ("d mmmm yyyy", "9 February 2024", "9 февраля 2024"),
        ("[$-419]d mmm yy;@", "9 Feb 24", "9 фев 24"),
        ("yyyy-mm-dd hh:mm", "2024-02-09 13:05", "2024-02-09 13:05"),
        ("h:mm:ss", "13:05:07", "13:05:07"),
        ("mm:ss", "05:07", "05:07"),
    ],
)
def test_dates_as_shown(code: str, english: str, russian: str) -> None:
    moment = datetime(2024, 2, 9, 13, 5, 7)  # noqa: DTZ001
    assert shown_date(moment, code, "en") == english
    assert shown_date(moment, code, "ru") == russian


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%;"\\[]$€@_*eE+-/ ABгод', max_size=12),
)
def test_any_format_shows_something_or_nothing(value: float, code: str) -> None:
    assert isinstance(shown_number(value, code, "ru"), str)
