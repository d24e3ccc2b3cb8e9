"""Data in letters is told from text."""

import base64
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text.encoded import is_encoded

MINIFIED = (
    "function a(b,c){return b.map(function(d){return d?c(d):null})}var e=window.f||{};e.g=a;"
    'for(var h=0;h<10;h++){if(e["i"+h]){j.push(e["i"+h].k())}};(function(){l.m=function(n){'
    "var o=n||p;return o.q?o.q(r):s(o,t,!0)};u.v(w,{x:y,z:[1,2,3]})})();"
)


@given(st.binary(min_size=90, max_size=600))
def test_random_bytes_in_base64(data: bytes) -> None:
    shuffled = random.Random(len(data)).randbytes(len(data))
    assert is_encoded(base64.b64encode(shuffled).decode())


@pytest.mark.parametrize("width", [64, 76])
def test_base64_in_lines_as_in_mails_and_keys(width: int) -> None:
    text = base64.b64encode(random.Random(7).randbytes(300)).decode()
    assert is_encoded("\n".join(text[at : at + width] for at in range(0, len(text), width)))


def test_hex() -> None:
    data = random.Random(7).randbytes(128)
    assert is_encoded(data.hex())
    assert is_encoded(data.hex(" "))
    lines = (f"{at:08x}: {data[at : at + 16].hex(' ', 2)}" for at in range(0, 128, 16))
    assert is_encoded("\n".join(lines))


def test_minified_code() -> None:
    assert is_encoded(MINIFIED)


@pytest.mark.parametrize(
    "text",
    [
        "Заключение: балка Б-12 пригодна, осмотр проведён комиссией в составе трёх инженеров.",
        "№ | Наименование | Кол-во | Цена\n1 | Клапан КЭ-20 | 14 | 2750\n2 | Прокладка | 300 | 21",
        "Revenue | 12 345 | 23 456 | 34 567 | 45 678 | 56 789 | 67 890 | 78 901 | 89 012 | 90 123",
        "4503 6612 8890 1123 4456 7789 0012 3345 6678 9901 1234 5567 8890 0011 2233 4455 6677",
        "See https://example.com/catalogue/pumps/centrifugal-pumps/model-340 for the drawing and"
        " the list of parts that belong to it.",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft besteht",
        json.dumps({"name": "pump", "power": 340, "unit": "kW", "parts": ["seal", "shaft"]}),
        "def read(data: bytes, name: str) -> ReadDocument:\n    found = tuple(blocks(data))\n"
        "    if not found:\n        raise EmptyDocument(name=name)\n    return ReadDocument(found)",
        "ДОГОВОРАРЕНДЫНЕЖИЛОГОПОМЕЩЕНИЯ" * 4,
        "short QUJD",
    ],
)
def test_text(text: str) -> None:
    assert not is_encoded(text)
