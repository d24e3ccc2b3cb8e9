"""What becomes of an answer by what speaks for it."""

from dataclasses import replace

from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Message,
    QuestionKind,
    Quotation,
    Segment,
    Source,
    Speaker,
)
from app.domain.evidence.settling import settled, told, with_facts
from app.domain.library.documents import Locator

TEXT = (
    "Арендная плата составляет 212 000 рублей в месяц. Главный бухгалтер Тихонов права подписи "
    "актов не имеет."
)
PLACE = Locator(0, len(TEXT))
SOURCE = Source(1, Segment("d", "Договор 12-К", "p", TEXT, "Договор 12-К", PLACE, PLACE, (1,), 0.9,
                           0.9, 0.5))  # fmt: skip
RENT = "Арендная плата составляет 212 000 рублей в месяц."
SALARY, SIGNS = "Какая зарплата у директора порта?", "Кто не имеет права подписи актов?"
CITED = (Citation(1, 10, RENT, 0, len(RENT), supported=True),)


def message(text: str, met: float, *, answers: bool = False, confirmed: bool = False) -> Message:
    start = TEXT.index("Главный")
    quoted = Quotation(TEXT[start:], 1, start, len(TEXT), answers, met)
    return Message(
        1, Speaker.ASSISTANT, text, 0.0, sources=(SOURCE,), quotation=quoted,
        citations=CITED if confirmed else (),
    )  # fmt: skip


def test_a_confirmed_answer_stands() -> None:
    answer = message(RENT, 0.9, confirmed=True)
    assert settled(answer, "Какова арендная плата?", doubtful=False) == answer


def test_a_short_answer_is_followed_by_the_sentence_that_answers() -> None:
    answer = settled(message("Тихонов [1].", 0.9, answers=True, confirmed=True), SIGNS,
                     doubtful=False)  # fmt: skip
    assert answer.text.startswith("Тихонов [1].\n\n> Главный бухгалтер Тихонов")
    assert answer.citations[-1].at == len(answer.text)
    whole = message("Главный бухгалтер Тихонов права подписи актов не имеет [1].", 0.9,
                    answers=True, confirmed=True)  # fmt: skip
    assert settled(whole, SIGNS, doubtful=False) == whole


def test_a_true_sentence_about_something_else_is_no_answer() -> None:
    answer = settled(message(RENT, 0.6, confirmed=True), SALARY, doubtful=False)
    assert answer.state is AnswerState.ABSTAINED
    assert answer.text == ""
    assert answer.sources, "the nearest passages are shown all the same"


def test_the_documents_words_take_the_place_of_an_invention() -> None:
    answer = settled(message("Подписывает Иванов.", 0.6, answers=True), SIGNS, doubtful=False)
    assert answer.state is AnswerState.QUOTED
    assert "Тихонов" in answer.text
    assert "Иванов" not in answer.text
    assert answer.confirmed


def test_an_invention_that_little_speaks_for_is_an_abstention() -> None:
    unlikely = settled(message("Зарплата 5.", 0.6), SALARY, doubtful=False)
    doubtful = settled(message("Зарплата 5.", 0.9), SALARY, doubtful=True)
    assert unlikely.state is doubtful.state is AnswerState.ABSTAINED


def test_one_that_the_documents_come_near_to_is_shown_as_unconfirmed() -> None:
    answer = settled(message("Зарплата 5.", 0.9), SALARY, doubtful=False)
    assert answer.doubtful
    assert answer.text == "Зарплата 5."


def test_a_stopped_answer_stays_as_it_is() -> None:
    answer = replace(message("Зарпл", 0.1), state=AnswerState.STOPPED)
    assert settled(answer, SALARY, doubtful=True) == answer


def test_without_a_second_reader_nothing_changes() -> None:
    answer = replace(message("Зарплата 5.", 0.1), quotation=None)
    assert settled(answer, SALARY, doubtful=False) == answer


def test_a_document_that_is_told_of_without_confirmation_speaks_for_itself() -> None:
    answer = replace(message("Это политика.", 0.1), kind=QuestionKind.DOCUMENT)
    whole = settled(answer, "О чём документ?", doubtful=False)
    assert whole.state is AnswerState.QUOTED
    assert "212 000" in whole.text
    assert told(answer) == whole


def test_figures_that_were_left_out_follow() -> None:
    answer = replace(message("Это договор [1].", 0.1, confirmed=True), kind=QuestionKind.DOCUMENT)
    assert RENT in with_facts(answer).text
    whole = replace(answer, text="Плата 212 000 рублей [1].")
    assert with_facts(whole) == whole


def test_a_refusal_gives_way_to_a_likely_sentence_where_the_readers_are_sure() -> None:
    refused = replace(message("В документах нет ответа.", 0.7), state=AnswerState.ABSTAINED)
    asked = "Кому нельзя ставить подпись: бухгалтер?"
    assert settled(refused, asked, doubtful=False, sure=True).state is AnswerState.QUOTED
    assert settled(refused, asked, doubtful=False).state is AnswerState.ABSTAINED
    assert settled(refused, SALARY, doubtful=False, sure=True).state is AnswerState.ABSTAINED
    far = replace(message("В документах нет ответа.", 0.5), state=AnswerState.ABSTAINED)
    assert settled(far, asked, doubtful=False, sure=True).state is AnswerState.ABSTAINED


def test_a_likely_sentence_stands_in_for_a_true_one_about_something_else() -> None:
    asked = "Может ли бухгалтер подписать?"
    answer = message(RENT, 0.6, confirmed=True)
    assert settled(answer, asked, doubtful=False, sure=True).state is AnswerState.QUOTED
    assert settled(answer, asked, doubtful=False).state is AnswerState.ABSTAINED


def test_what_model_and_reader_both_chose_stands_where_the_readers_are_sure() -> None:
    start = TEXT.index("Главный")
    own = (Citation(1, 10, TEXT[start:], start, len(TEXT), supported=True),)
    answer = replace(message("Тихонов [1].", 0.5, confirmed=True), citations=own)
    asked = "Кто главный бухгалтер в порту сегодня?"
    assert settled(answer, asked, doubtful=False, sure=True) == answer
    assert settled(answer, asked, doubtful=False).state is AnswerState.ABSTAINED
    assert settled(answer, SALARY, doubtful=False, sure=True).state is AnswerState.ABSTAINED


def test_a_likely_sentence_follows_a_short_answer() -> None:
    asked = "Кому нельзя ставить подпись: бухгалтер?"
    answer = message("Тихонов [1].", 0.9, confirmed=True)
    assert "> Главный бухгалтер" in settled(answer, asked, doubtful=False, sure=True).text
    assert settled(answer, asked, doubtful=False).text == answer.text


def test_the_question_said_back_is_an_abstention() -> None:
    answer = settled(message("Директор порта — зарплата.", 0.9), SALARY, doubtful=False)
    assert answer.state is AnswerState.ABSTAINED


def test_the_question_said_back_gives_way_although_a_passage_confirms_it() -> None:
    asked = "Кто не имеет права подписи актов?"
    back = message("Права подписи актов не имеет [1].", 0.9, answers=True, confirmed=True)
    assert settled(back, asked, doubtful=False).state is AnswerState.QUOTED
    whether = "Имеет ли бухгалтер право подписи актов?"
    said = message("Бухгалтер права подписи актов не имеет [1].", 0.9, confirmed=True)
    assert settled(said, whether, doubtful=False).text == said.text
    assert settled(message("Нет [1].", 0.9, confirmed=True), whether, doubtful=False).confirmed
