"""Places of an instruction: which there are, who fills them, what stands there."""

import pytest

from app.domain.chat.variables import (
    Given,
    Variable,
    asked,
    filled,
    lacking,
    places,
    valued,
)

TEXT = "You answer the staff of {company}, { Company }, {legal department}. Today is {date}."
GIVEN = {Given.USER: "Anna", Given.DATE: "30.11.2026"}


def test_places_are_named_once_in_their_order() -> None:
    assert places(TEXT) == ("company", "legal department", "date")
    assert asked(TEXT) == ("company", "legal department")
    assert asked("Обращайтесь к {Имя пользователя} из {отдел}, сегодня {дата}.") == ("отдел",)


@pytest.mark.parametrize(
    "text",
    ['Answer as {"name": "x"}.', "{{deadline}}", "{}", "{ }", "{a\nb}", "{" + "x" * 41 + "}"],
)
def test_other_braces_are_no_places(text: str) -> None:
    assert places(text) == ()
    assert filled(text, (Variable("name", "y"), Variable("deadline", "y")), GIVEN) == text


def test_values_stand_in_their_places() -> None:
    own = (Variable("COMPANY", "Larets {date}"), Variable("legal department", ""))
    assert filled(TEXT + " {User  name}!", own, GIVEN) == (
        "You answer the staff of Larets {date}, Larets {date}, {legal department}. "
        "Today is 30.11.2026. Anna!"
    )


def test_values_are_kept_as_long_as_their_places() -> None:
    kept = valued(TEXT, (Variable("Company", "  Larets \n AG "), Variable("gone", "x")))
    assert kept == (Variable("company", "Larets AG"), Variable("legal department"))
    assert lacking(kept) == ("legal department",)
