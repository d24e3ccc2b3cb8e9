"""Reading reports of sections become one."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.library.reading import (
    NAMED_PARTS,
    NOTHING_READ,
    ReadingReport,
    UnreadPart,
    UnreadReason,
)

DAMAGED, FORMAT = UnreadReason.PART_DAMAGED, UnreadReason.PART_FORMAT
PARTS = st.builds(
    UnreadPart,
    st.sampled_from(UnreadReason),
    st.sampled_from(["", "a.dwg", "b.zip"]),
    st.integers(0, 300),
    st.integers(1, 5),
)


def test_counts_add_up_and_equal_parts_are_counted_together() -> None:
    first = ReadingReport(text_pages=2, refused_parts=1, unread=(UnreadPart(DAMAGED, "a.txt"),))
    second = ReadingReport(text_pages=1, unread=(UnreadPart(DAMAGED, "a.txt", count=2),))
    whole = first + second
    assert (whole.text_pages, whole.refused_parts) == (3, 1)
    assert whole.unread == (UnreadPart(DAMAGED, "a.txt", count=3),)
    assert not whole.complete
    assert NOTHING_READ.complete


@given(st.lists(PARTS, max_size=400))
def test_no_part_is_lost_however_many_there_are(parts: list[UnreadPart]) -> None:
    whole = NOTHING_READ
    for part in parts:
        whole += ReadingReport(unread=(part,))
    assert sum(part.count for part in whole.unread) == sum(part.count for part in parts)
    assert {part.code for part in whole.unread} == {part.code for part in parts}
    assert len(whole.unread) <= NAMED_PARTS + len(UnreadReason)


def test_what_is_missing_on_a_page() -> None:
    on_page = UnreadPart(UnreadReason.PAGE_ILLEGIBLE, page=3)
    report = ReadingReport(unread=(UnreadPart(FORMAT, "a.dwg"), on_page))
    assert report.on_page(3) == (on_page,)
    assert report.on_page(4) == ()


def test_confidence_is_the_share_of_words() -> None:
    assert ReadingReport().confidence is None
    report = ReadingReport(recognised_characters=200, legible_characters=150)
    assert report.confidence == 0.75
