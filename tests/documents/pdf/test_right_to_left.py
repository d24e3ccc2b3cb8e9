"""Lines of Arabic and Hebrew keep the order in which they are read."""

from typing import Any

import pytest

from app.documents.pdf.right_to_left import written_order


def spans(*texts: str) -> list[dict[str, Any]]:
    """Spans from the right edge of a page to the left, ten points a sign."""
    found, right = [], 500.0
    for text in texts:
        left = right - 10 * len(text)
        found.append({"text": text, "size": 10.0, "bbox": (left, 90.0, right, 102.0)})
        right = left
    return found


@pytest.mark.parametrize(
    "texts",
    [
        ("هو", " ", "أقوى", " ", "اتصال"),
        ("שכר", " ", "דירה ", "212", " ", "שקלים"),
        ("الا", "تصال", " PDF ", "الأقوى"),
    ],
)
def test_a_line_that_runs_to_the_left_is_one_stretch(texts: tuple[str, ...]) -> None:
    (line,) = written_order(spans(*texts))
    assert line["text"] == "".join(texts)
    assert line["bbox"] == (500.0 - 10 * len(line["text"]), 90.0, 500.0, 102.0)


@pytest.mark.parametrize(
    "texts", [("The ", "rent"), ("The word ", "שכר", " means rent"), ("212", " 340"), ("أقوى",)]
)
def test_other_lines_keep_their_stretches(texts: tuple[str, ...]) -> None:
    found = spans(*texts)
    assert written_order(found) == found
