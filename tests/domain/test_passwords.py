import pytest

from app.domain.errors import WeakPassword
from app.domain.passwords import Hold, Weakness, require, strength


@pytest.mark.parametrize("password", ["", "        ", "\t\u00a0\u2003 \n    "])
def test_spaces_alone_are_no_password(password: str) -> None:
    assert strength(password).weakness is Weakness.BLANK


def test_a_short_one_is_refused_however_odd() -> None:
    assert strength("x7#Q_é!").weakness is Weakness.SHORT


@pytest.mark.parametrize(
    "password",
    [
        "password", "12345678", "qwertyuiop", "qwerty123", "aaaaaaaaaaaa", "abcdefgh",
        "йцукенгш", "солнышко", "1qaz2wsx", "бухгалтерия",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused_in_both_languages(password: str) -> None:
    assert strength(password).weakness is Weakness.GUESSED


@pytest.mark.parametrize(
    "password",
    [
        "iloveyou1", "gfhjkm123", "пароль123", "Пароль2024", "йцукен12345", "привет123",
        "13.05.1990", "фывапролдж",
    ],
)  # fmt: skip
def test_what_is_tried_next_is_called_weak(password: str) -> None:
    assert strength(password).weakness is None
    assert strength(password).hold is Hold.WEAK


@pytest.mark.parametrize("password", ["correct horse", "зелёный чайник", "strongbox of the test"])
def test_a_few_words_in_a_row_are_taken(password: str) -> None:
    assert strength(password).weakness is None


@pytest.mark.parametrize(
    ("name", "password"), [("Ekaterinburgova", "ekaterinburgova1"), ("Пшеничников", "пшеничников1")]
)
def test_the_name_of_the_profile_is_known_to_whoever_attacks_it(name: str, password: str) -> None:
    assert strength(password).weakness is None
    assert strength(password).hold is not Hold.WEAK
    assert strength(password, [name]).hold is Hold.WEAK


def test_more_words_hold_longer() -> None:
    passwords = ("another one", "canary password", "measured in a scratch folder")
    assert [strength(each).hold for each in passwords] == [Hold.FAIR, Hold.GOOD, Hold.STRONG]


def test_a_very_long_one_is_taken_as_it_is() -> None:
    assert strength("a sentence out of a book " * 40).hold is Hold.STRONG


@pytest.mark.parametrize(
    ("password", "reason"), [("kort", "short"), (" " * 9, "blank"), ("qwerty123", "guessed")]
)
def test_the_refusal_says_why(password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        require(password)
    assert refused.value.facts == {"least": 8, "reason": reason}
