"""Formulas against the values that Excel gives, what stays unknown, and what it costs."""

import math
import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import WINDOWS_EPOCH

from app.documents.formulas.calculation import calculated
from app.documents.formulas.workbook import Formula, FormulaSheet, Place

CELLS: dict[str, object] = {
    "A1": 12, "A2": 1500, "A3": 0.1, "A4": "Кладка", "A5": True, "A7": date(2024, 1, 31),
    "A8": "#N/A", "B1": "Итого", "B2": "кладка", "B3": "Стяжка", "B4": "12", "C1": 1, "C2": 2,
    "C3": 4,
}  # fmt: skip


def place_of(cell: str) -> Place:
    row, column = coordinate_to_tuple(cell)
    return row - 1, column - 1


def sheet_of(cells: dict[str, object], title: str = "Смета", empty: str = "") -> FormulaSheet:
    """Texts that begin with "=" are formulas."""
    rows: list[list[tuple[object, str] | None]] = []
    formulas: dict[Place, Formula | None] = {}
    for cell, value in cells.items():
        row, column = place_of(cell)
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value, "General"
        if isinstance(value, str) and value.startswith("="):
            formulas[row, column] = Formula(value[1:])
    return FormulaSheet(title, rows, formulas, {place_of(empty)} if empty else frozenset())


def values(*sheets: FormulaSheet) -> dict[tuple[int, int, int], object]:
    return {tuple(key): value for key, value in calculated(sheets, WINDOWS_EPOCH)}  # type: ignore[misc]


def value_of(formula: str) -> object:
    """Of a formula in D1 of the sheet above, beside another sheet."""
    other = sheet_of({"A1": 7, "B2": "=A1*2"}, "Лист 'два'")
    return values(sheet_of({"D1": formula} | CELLS, empty="A6"), other).get((0, 0, 3))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1*A2", 18000.0),
        ("=-2^2", 4.0),
        ("=2^3^2", 64.0),
        ("=2+3*4-6/2", 11.0),
        ("=(2+3)*-4", -20.0),
        ("=50%*A2", 750.0),
        ("=--A1", 12.0),
        ("=0.1+0.2", 0.3),
        ("=0.1*3", 0.3),
        ("=0.5-0.4-0.1", 0.0),
        ("=(0.1+0.2)=0.3", True),
        ("=A2", 1500.0),
        ("=Z99", 0.0),
        ("=A5+1", 2.0),
        ("=A7+1", 45323.0),
        ("='Лист ''два'''!B2+1", 15.0),
        ("=SUM($A$1:A5)", 1512.1),
        ("=SUM(A1:A3,10,TRUE)", 1523.1),
        ("=SUM(C:C)", 7.0),
        ("=SUM(1:1)-D1", None),
        ("=SUM(2:3)", 1506.1),
        ("=PRODUCT(C1:C3)", 8.0),
        ("=PRODUCT(E1:E3)", 0.0),
        ("=SUMPRODUCT(C1:C3,A1:A3)", 3012.4),
        ("=AVERAGE(C1:C4)", 2.33333333333333),
        ("=MIN(C1:C3)", 1.0),
        ("=MAX(C1:C3,9)", 9.0),
        ("=MIN(E1:E3)", 0.0),
        ("=COUNT(A1:B7)", 4.0),
        ("=COUNTA(A1:A7)", 7.0),
        ("=ROUND(2.675,2)", 2.68),
        ("=ROUND(-2.5,0)", -3.0),
        ("=ROUND(1250,-2)", 1300.0),
        ("=ROUNDUP(1.1,1)", 1.1),
        ("=ROUNDUP(-3.01,0)", -4.0),
        ("=ROUNDDOWN(3.99,0)", 3.0),
        ("=INT(-3.2)", -4.0),
        ("=ABS(-7)", 7.0),
        ('=IF(A1>10,"много","мало")', "много"),
        ("=IF(A1>100,1)", False),
        ('=IF(A4="КЛАДКА",1,B4+1)', 1.0),
        ('=IF(A6="",1,2)', 1.0),
        ("=IF(E1=0,1,2)", 1.0),
        ("=IFERROR(A1/0,5)", 5.0),
        ("=IFERROR(SUM(C1:C3),5)", 7.0),
        ('=SUMIF(A1:A3,">=12",C1:C3)', 3.0),
        ('=SUMIF(B:B,"кладка",C:C)', 2.0),
        ("=SUMIF(C1:C3,2)", 2.0),
        ('=COUNTIF(B1:B3,"Кладка")', 1.0),
        ('=CONCATENATE(B1," ",A1," м")', "Итого 12 м"),
        ('="№ "&C1&""', "№ 1"),
        ('="a""b"', 'a"b'),
        ("=10<>A4", True),
        ("=1E3+1", 1001.0),
    ],
)  # fmt: skip
def test_a_formula_gives_what_excel_gives(formula: str, expected: object) -> None:
    assert value_of(formula) == expected
    assert type(value_of(formula)) is type(expected)


@pytest.mark.parametrize(
    "formula",
    [
        "=A4+1", "=B4+1", "=A1/0", "=A1/E1", "=A8", "=SUM(A1:A8)", "=NOW()", "=VLOOKUP(1,A1:B3,2)",
        "=D1", "=D1+1", "=SUM(A1:D9)", "=[1]Sheet!A1", "=Нет!A1", "=ИмяЗначения", "=Таблица[Сумма]",
        "=A1 A2", "=A1:A2", "=A1:A2*2", "=SUM(A1:A2*2)", "=SUM((A1,A2))", "={1,2}", "=SUM(A1,,2)",
        "=IF(A4,1,2)", "=IFERROR(A4+1,0)", "=IFERROR(E1,0)", "=A3&\"\"", "=A5&\"\"", '="а"<"б"',
        "=0^0", "=(-8)^(1/3)", "=10^400", "=1E400", "=ROUND(1)", "=INT(2.9999999999999996)",
        '=COUNTIF(B1:B4,"<>Итого")', '=COUNTIF(B1:B4,"Кл*")', '=COUNTIF(B1:B4,"12")',
        '=COUNTIF(A1:A7,"1,5")', '=COUNTIF(A1:A7,"май 2024")', "=SUMIF(A1:A3,1,C1:C2)", "=A1+",
        "=(A1", "=A1)", '="', "=#REF!", "=ROUND(A1,)", "=COUNT(A8)", "=ZZZ1", "=" + "(" * 300,
        "=" + "-(" * 70 + "1" + ")" * 70, "=" + "1+" * 5000 + "1", "=AVERAGE(E1:E2)",
    ],
)  # fmt: skip
def test_what_is_not_sure_stays_unknown(formula: str) -> None:
    assert value_of(formula) is None


def test_a_long_sum_of_single_cells_is_computed() -> None:
    assert value_of("=" + "A1+" * 2000 + "0") == 24000.0


def test_a_cycle_is_unknown_and_what_does_not_lean_on_it_is_not() -> None:
    found = values(
        sheet_of({"A1": "=B1", "B1": "=C1+1", "C1": "=A1", "D1": "=C1", "E1": "=1+1", "F1": "=F1"})
    )
    assert found == {(0, 0, 4): 2.0}


def test_an_unknown_cell_counts_only_where_it_is_looked_at() -> None:
    found = values(sheet_of({"A1": "=NOW()", "B1": "=IF(C1>0,1,A1)", "C1": 1, "D1": "=A1+1"}))
    assert found == {(0, 0, 1): 1.0}


def test_a_shared_formula_moves_with_its_cell() -> None:
    sheet = sheet_of({"A1": 2, "A2": 3, "B1": "=A1*$A$1", "B2": "=?", "B3": "=?"})
    formulas = dict(sheet.formulas) | {(1, 1): Formula("A1*$A$1", 1), (2, 1): Formula("A1", -5)}
    found = values(FormulaSheet("", sheet.rows, formulas))
    assert found == {(0, 0, 1): 4.0, (0, 1, 1): 6.0}


def test_a_chain_as_long_as_a_sheet() -> None:
    cells: dict[str, object] = {"A1": 1} | {f"A{at}": f"=A{at - 1}+1" for at in range(2, 10_002)}
    for each in (cells, dict(reversed(cells.items()))):
        assert values(sheet_of(each))[0, 10_000, 0] == 10_001.0


def test_texts_that_double_stay_short() -> None:
    doubled = {f"A{at}": f"=A{at - 1}&A{at - 1}" for at in range(2, 90)}
    assert len(values(sheet_of({"A1": "ab", **doubled}))) == 13


def timed(sheet: FormulaSheet) -> tuple[int, float]:
    """How many have a value, and seconds of the processor: others may be busy here."""
    begun = time.process_time()
    return len(values(sheet)), time.process_time() - begun


def test_a_sum_over_the_whole_sheet_is_instant() -> None:
    cells: dict[str, object] = {"A1": 1}
    sheet = sheet_of(cells)
    formulas = {(0, 1): Formula("SUM(B2:XFD1048576)"), (0, 2): Formula("SUM(Z:XFD)")}
    count, took = timed(FormulaSheet("", sheet.rows, formulas))
    assert (count, took < 0.5) == (2, True)


def test_many_large_sums_end_at_the_limit() -> None:
    numbers: dict[str, object] = {f"A{at}": at for at in range(1, 5001)}
    sums: dict[str, object] = {f"B{at}": f"=SUM(A1:A5000)+{at}" for at in range(1, 3001)}
    count, took = timed(sheet_of(numbers | sums))
    assert 100 < count < 400
    assert took < 10


_NUMBERS = st.integers(-10_000, 10_000).map(lambda number: number / 100)


@st.composite
def arithmetic(draw: st.DrawFn, depth: int = 2) -> str:
    """An expression that Excel and Python read alike."""
    if not depth or draw(st.booleans()):
        return draw(st.sampled_from(["A1", "B1", "C1", "2", "0.25"]))
    left, right = draw(arithmetic(depth - 1)), draw(arithmetic(depth - 1))
    return f"({left}{draw(st.sampled_from('+-*/'))}{right})"


def _divisors(expression: str, names: dict[str, float]) -> Iterator[float]:
    """What is left of differences may be noise; quotients of it say nothing."""
    for at, sign in enumerate(expression):
        if sign == "/":
            depth, end = 0, at + 1
            while end < len(expression) and (depth or expression[end] not in ")+-*/"):
                depth += (expression[end] == "(") - (expression[end] == ")")
                end += 1
            yield eval(expression[at + 1 : end], {}, names)


@given(expression=arithmetic(), a=_NUMBERS, b=_NUMBERS, c=_NUMBERS)
def test_arithmetic_agrees_with_floats(expression: str, a: float, b: float, c: float) -> None:
    names = {"A1": a, "B1": b, "C1": c}
    try:
        assume(all(abs(each) > 0.05 for each in _divisors(expression, names)))
        expected = eval(expression, {}, names)
    except ZeroDivisionError:
        assume(False)
    found = values(sheet_of({**names, "D1": "=" + expression}))[0, 0, 3]
    assert isinstance(found, float)
    assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-4)
