import pytest

from app.domain.text import personal


@pytest.mark.parametrize(
    "text",
    [
        "Пишите на anna.petrova@example.ru.",
        "Телефон: +7 (912) 345-67-89",
        "звоните 8 912 345 67 89 до шести",
        "Call +44 20 7946 0958.",
        "паспорт 45 10 № 123456, выдан",
        "серия 4510 номер 123456",
        "СНИЛС 112-233-445 95",
        "ИНН физического лица 500100732259",
        "card 4111 1111 1111 1111",
        "карта 4111111111111111",
    ],
)
def test_personal_data_is_seen(text: str) -> None:
    assert personal.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The pump NP-42 delivers 120 litres, order 1234567890.",
        "В 1812–1814 годах; 24.11.2026, 10:30–18:45.",
        "Суточные составляют 1 200,00 руб., всего 12 345 678,90.",
        "СНИЛС 112-233-445 96",
        "ИНН 500100732250",
        "ИНН организации 7707083893",
        "4111 1111 1111 1112",
        "0000 0000 0000 0000",
        "ISBN 978-5-17-118366-1",
        "ГОСТ 8.417-2002, п. 3.2.1, стр. 88",
        "mail@ and @home",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert not personal.is_in(text)
