import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.library.cells import Cells, around, around_texts, column_number, letters


@pytest.mark.parametrize(
    ("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_letters(number: int, name: str) -> None:
    assert letters(number) == name
    assert column_number(name) == number


@given(*[st.integers(1, 2_000_000)] * 2, *[st.integers(0, 20_000)] * 2)
def test_what_is_written_is_parsed(top: int, left: int, down: int, across: int) -> None:
    cells = Cells(top, left, top + down, left + across)
    assert Cells.parse(str(cells)) == cells
    assert (cells.height, cells.width) == (down + 1, across + 1)


@pytest.mark.parametrize("text", ["", "A", "1", "a1", "A1:", "A1:B", "Лист1", "A1, B2"])
def test_no_cells(text: str) -> None:
    assert Cells.parse(text) is None


def test_around() -> None:
    assert around([]) is None
    assert around_texts(["B2:C3", "", "A5"]) == "A2:C5"
    assert around_texts(["", "nonsense"]) == ""
    whole = Cells(1, 1, 9, 9)
    assert whole.holds(Cells(2, 2, 9, 9))
    assert not whole.holds(Cells(2, 2, 10, 9))
