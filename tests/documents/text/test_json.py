import json
import time

import pytest

from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason


def read_json(text: str, name: str = "a.json") -> ReadDocument:
    return read(DocumentSource(name, data=text.encode()))


def told(text: str, name: str = "a.json") -> list[tuple[str, int | None, int, str]]:
    blocks = read_json(text, name).blocks
    return [(b.kind.value, b.line, b.level or b.headers, b.text) for b in blocks]


def test_what_is_nested_and_what_is_a_table() -> None:
    value = {
        "company": "Ромашка",
        "inn": 12345678901234567890123,
        "ok": True,
        "none": None,
        "staff": [{"name": "Аня", "age": 3}, {"name": "Bob", "tags": ["a", "b"]}],
        "address": {"city": "Пермь", "geo": {"lat": 1.50, "tags": ["a", "b"]}},
        "orders": [{"id": 1, "items": [{"sku": "x"}, {"sku": "y"}]}],
    }
    assert told(json.dumps(value, ensure_ascii=False)) == [
        ("paragraph", None, 0, "company: Ромашка\ninn: 12345678901234567890123\nok: true"),
        ("heading", None, 1, "staff"),
        ("table", None, 1, "name | age | tags\nАня | 3 | \nBob |  | a, b"),
        ("heading", None, 1, "address"),
        ("paragraph", None, 0, "city: Пермь\ngeo.lat: 1.5\ngeo.tags: a, b"),
        ("heading", None, 1, "orders"),
        ("paragraph", None, 0, "id: 1\nitems[1].sku: x\nitems[2].sku: y"),
    ]


def test_lines() -> None:
    assert told('{"q":"a","a":1.10}\n\n{"q":"c","a":2}\n', "a.jsonl") == [
        ("table", 1, 1, "q | a\na | 1.10\nc | 2")
    ]
    chat = [
        {
            "messages": [
                {"role": "user", "content": "Привет"},
                {"role": "bot", "content": "Да?\nЧто?"},
            ]
        },
        {"messages": [{"role": "user", "content": "Пока"}]},
    ]
    assert told("\n".join(map(json.dumps, chat)), "a.ndjson") == [
        ("paragraph", 1, 0, "user: Привет\nbot: Да?\nЧто?"),
        ("paragraph", 2, 0, "user: Пока"),
    ]


def test_an_exported_chat() -> None:
    text = [{"type": "plain", "text": "see "}, "this"]
    said = {"id": 1, "type": "message", "date": "2024-01-01", "from": "Ann", "text": text}
    assert told(json.dumps({"name": "chat", "messages": [said, said | {"text": "ok"}]}))[1:] == [
        ("heading", None, 1, "messages"),
        ("paragraph", None, 0, "Ann (2024-01-01): see this"),
        ("paragraph", None, 0, "Ann (2024-01-01): ok"),
    ]


def test_what_strict_readers_refuse() -> None:
    assert told('{"a": 1, "a": 2, "b": [NaN, -Infinity]}')[0][3] == "a: 1\na: 2"
    assert told("[1, NaN]")[0][3] == "1, NaN"
    assert told('"tab\there"')[0][3] == "tab here"


@pytest.mark.parametrize(
    "text",
    ["{", "[1,", '{"a":1}x', "1 2", "'a'", "[" * 100_000, "[" * 500 + "]" * 500,
     '{"a":' * 200 + "1" + "}" * 200, '"' + '\\"' * 500_000],
)  # fmt: skip
def test_what_is_no_json(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(DamagedFile):
        read_json(text)
    assert time.monotonic() - started < 5


def test_nothing_to_read() -> None:
    for text in ("{}", "[]", "null", '{"a": {}}', '[""]'):
        with pytest.raises(EmptyDocument):
            read_json(text)


def test_a_broken_line_costs_that_line() -> None:
    source = DocumentSource("a.jsonl", data=b'{"q":"a"}\n{"q":\n{"q":"c"}\n')
    document = read(source)
    assert document.blocks[0].text.split("\n") == ["q", "a", "c"]
    assert document.reading.unread == (UnreadPart(UnreadReason.LINES_BROKEN, "a.jsonl:2"),)
    with pytest.raises(DamagedFile):
        read(DocumentSource("a.jsonl", data=b"no JSON\nat all\n"))
