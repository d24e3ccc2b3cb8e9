import pytest

from app.domain.questions.whole import asks_about_whole


@pytest.mark.parametrize(
    "question",
    [
        "О чём этот документ?",
        "О чем говорится в файле?",
        "Перескажи кратко",
        "Расскажи коротко, о чём договор",
        "Какие основные условия договора?",
        "Сделай краткое содержание",
        "Главные выводы отчёта?",
        "Summarise the document",
        "What is this document about?",
        "Give me a brief overview",
        "What are the key terms of the contract?",
    ],
)
def test_of_a_document_as_a_whole(question: str) -> None:
    assert asks_about_whole(question)


@pytest.mark.parametrize(
    "question",
    [
        "Какая арендная плата по договору?",
        "О чём договорились со Степанюком?",
        "Кто подписал документ?",
        "Основные причины аварии котла",
        "What does the contract say about the roof?",
        "Who is the main supplier?",
        "Когда заканчивается договор?",
        "документ",
        "",
    ],
)
def test_of_something_in_it(question: str) -> None:
    assert not asks_about_whole(question)
