"""Fields of a template: what counts as one, filling them, leaving them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.chat.templates import fields, fill, plain

WORDS = st.text("abя 1.,-", min_size=1, max_size=8).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What does {{document}} say?", [("document", "")]),
        ("{{a}}{{ b : two words }}{{a}}", [("a", ""), ("b", "two words"), ("a", "")]),
        ("{{поле: 5: 6}}", [("поле", "5: 6")]),
        ("{{}} {{ }} {{: x}} {a} {{{a}}} {{a\nb}} {{a", []),
    ],
)
def test_fields_of_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.name, each.default) for each in fields(text)] == found


def test_a_place_is_where_the_braces_stand() -> None:
    text = "one {{two: 2}} three"
    (field,) = fields(text)
    assert text[field.start : field.end] == "{{two: 2}}"


def test_what_is_not_filled_says_its_default_or_its_name() -> None:
    text = "{{who}} in {{where: Алматы}}, {{when:}}"
    assert plain(text) == "who in Алматы, when"
    assert plain(fill(text, {"who": "Anna", "nobody": "?"})) == "Anna in Алматы, when"


@given(st.lists(st.tuples(WORDS, WORDS, st.booleans())))
def test_filled_with_what_it_says_anyway_it_is_the_plain_text(
    parts: list[tuple[str, str, bool]],
) -> None:
    names = {name: f"v{name}" for name, _, _ in parts}
    text = "".join(f"{{{{{n}: {d}}}}} " if with_ else f"{{{{{n}}}}}{d}" for n, d, with_ in parts)
    found = fields(text)
    assert [each.name for each in found] == [name for name, _, _ in parts]
    assert plain(text) == "".join(f"{d} " if with_ else f"{n}{d}" for n, d, with_ in parts)
    filled = fill(text, names)
    assert not fields(filled)
    assert all(value in filled for value in names.values())


@given(st.text("{}: \nab", max_size=40))
@example("{{a {{b}} c}}")
@example("{{{{a}}}}")
def test_places_hold_fields_and_nothing_else_changes(text: str) -> None:
    found = fields(text)
    outside = text
    for field in reversed(found):
        assert text[field.start :].startswith("{{")
        outside = outside[: field.start] + field.plain + outside[field.end :]
    assert plain(text) == outside
    assert fill(text, {}) == text
