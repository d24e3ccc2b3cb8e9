"""Rows as other programs write them, and as this one does."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.reading.sandbox import Sandbox
from app.domain.errors import (
    DamagedFile,
    DocumentError,
    FileMissing,
    NoRows,
    OtherRowFormat,
    StorageDenied,
    UnknownFormat,
)
from app.domain.training.row_formats import RowColumns, RowFormat
from app.domain.training.rows import Row, RowFault, RowOrigin, RowPassage
from app.services.datasets import row_records
from app.services.datasets.row_files import RowFiles
from tests.samples import make_xlsx
from tests.services.conftest import Direct

QUESTION, ANSWER = "Сколько дней длится отпуск?", "Отпуск длится 28 дней."
PAIR = Row(QUESTION, ANSWER)
OWN = Row(
    question="How long?\nReally",
    answer="28 days [1].",
    passages=(RowPassage("Leave › p. 2", "Paid leave lasts 28 days \u2028 a year."),),
    quote="leave lasts 28 days",
    group="d1",
    origin=RowOrigin.DOCUMENTS,
    used=False,
)


@pytest.fixture
def files() -> RowFiles:
    return RowFiles(Direct())


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in records).encode()


def alpaca(**rest: str) -> dict[str, str]:
    return {"instruction": QUESTION, "output": ANSWER, **rest}


def said(key: str, who: str, what: str, *turns: tuple[str, str]) -> dict[str, object]:
    return {key: [{who: speaker, what: text} for speaker, text in turns]}


SHAREGPT = said("conversations", "from", "value", ("human", QUESTION), ("gpt", ANSWER))
MESSAGES = said(
    "messages", "role", "content",
    ("system", "Be brief."), ("user", QUESTION), ("assistant", ANSWER), ("user", "Thanks"),
)  # fmt: skip
CSV = f"№;Вопрос;Ответ\n1;{QUESTION};{ANSWER}\n2;;пусто\n3;a;b;c;d\n"


@pytest.mark.parametrize(
    ("name", "data", "form", "rejected"),
    [
        ("a.jsonl", lines(alpaca(input="")), RowFormat.ALPACA, {}),
        ("a.json", json.dumps([alpaca()]).encode("utf-16"), RowFormat.ALPACA, {}),
        ("a.jsonl", lines(SHAREGPT), RowFormat.SHAREGPT, {}),
        ("a.jsonl", lines(MESSAGES, "x", 5), RowFormat.MESSAGES, {RowFault.UNREADABLE: 2}),
        ("a.json", lines({"data": [MESSAGES]}), RowFormat.MESSAGES, {}),
        ("a.json", lines(MESSAGES, {"messages": 1}), RowFormat.MESSAGES, {RowFault.UNREADABLE: 1}),
        ("a.jsonl", lines({"question": QUESTION, "answer": ANSWER}), RowFormat.COLUMNS, {}),
        ("a.jsonl", lines({"вопрос": QUESTION, "ответ": ANSWER}), RowFormat.COLUMNS, {}),
        ("a.csv", CSV.encode("utf-8-sig"), RowFormat.COLUMNS,
         {RowFault.EMPTY: 1, RowFault.UNREADABLE: 1}),
        ("a.csv", CSV.encode("cp1251"), RowFormat.COLUMNS,
         {RowFault.EMPTY: 1, RowFault.UNREADABLE: 1}),
        ("a.tsv", f"Question:\tAnswer:\n{QUESTION}\t{ANSWER}\n".encode(), RowFormat.COLUMNS, {}),
        ("a.xlsx", make_xlsx({"Rows": {"A1": "Вопрос", "B1": "Ответ", "A2": QUESTION,
                                       "B2": ANSWER}}), RowFormat.COLUMNS, {}),
    ],
)  # fmt: skip
def test_formats(
    files: RowFiles,
    tmp_path: Path,
    name: str,
    data: bytes,
    form: RowFormat,
    rejected: dict[RowFault, int],
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    seen = files.recognise(path)
    assert (seen.format, seen.sample) == (form, (PAIR,))
    rows = files.read(path)
    assert rows.rows == (PAIR,)
    assert rows.rejected == rejected


def one(files: RowFiles, path: Path, *records: object) -> Row:
    path.write_bytes(lines(*records))
    (row,) = files.read(path).rows
    return row


def test_what_belongs_to_a_question(files: RowFiles, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert one(files, path, alpaca(input="A text.")).question == f"{QUESTION}\n\nA text."
    turns = (("user", "Hi"), ("assistant", "Hello"), ("user", QUESTION), ("assistant", ANSWER))
    talk = one(files, path, said("messages", "role", "content", *turns))
    assert talk.question == f"user: Hi\n\nassistant: Hello\n\nuser: {QUESTION}"
    assert talk.answer == ANSWER
    parts = {"messages": [{"role": "user", "content": [{"type": "text", "text": QUESTION}]},
                          {"role": "assistant", "content": ANSWER}]}  # fmt: skip
    assert one(files, path, parts) == PAIR


def test_a_context_becomes_a_passage_that_the_answer_cites(files: RowFiles, tmp_path: Path) -> None:
    record = {"context": "28 days.", "question": QUESTION, "answers": {"text": ["28"]}}
    row = one(files, tmp_path / "a.jsonl", record)
    assert (row.passages, row.answer) == ((RowPassage("", "28 days."),), "28 [1].")


def test_our_own_come_back_as_they_were(files: RowFiles, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    files.write(path, (OWN, PAIR))
    assert files.read(path).rows == (OWN, PAIR)
    assert files.recognise(path).format == RowFormat.LARETS
    files.append(path, PAIR)
    with path.open("ab") as file:
        file.write(b'{"question": "cut o')
    files.append(path, OWN)
    rows = files.read(path)
    assert rows.rows == (OWN, PAIR, PAIR, OWN)
    assert rows.rejected == {RowFault.UNREADABLE: 1}


ROWS = st.builds(
    Row,
    question=st.text().map("Why {}".format),
    answer=st.text(max_size=50).map("Because {}".format),
    passages=st.tuples(st.builds(RowPassage, st.text(), st.text())),
    answered=st.booleans(),
    group=st.text(),
    origin=st.sampled_from(RowOrigin),
    used=st.booleans(),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_any_text_comes_back(files: RowFiles, tmp_path: Path, rows: list[Row]) -> None:
    path = tmp_path / "rows.jsonl"
    files.write(path, tuple(rows))
    assert files.read(path).rows == tuple(rows)


def test_columns_that_only_a_person_knows(files: RowFiles, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"kunde,wir,seite\n{QUESTION},{ANSWER},Отпуск.\n", "utf-8")
    seen = files.recognise(path)
    assert (seen.columns, seen.mapping, seen.sample) == (("kunde", "wir", "seite"), None, ())
    with pytest.raises(OtherRowFormat):
        files.read(path)
    rows = files.read(path, RowColumns("kunde", "wir")).rows
    assert rows == (PAIR,)
    (row,) = files.read(path, RowColumns("kunde", "wir", context="seite")).rows
    assert row.answer == "Отпуск длится 28 дней [1]."


def test_nothing_to_learn_from(
    files: RowFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases: list[tuple[str, bytes, type[Exception]]] = [
        ("a.jsonl", b"not json\nat all", NoRows),
        ("a.jsonl", b"", NoRows),
        ("b.jsonl", lines({"question": "", "answer": ""}), NoRows),
        ("a.json", b"[" * 100_000, NoRows),
        ("a.csv", b"question,answer\n", NoRows),
        ("a.xlsx", b"PK no workbook", DamagedFile),
        ("a.bin", b"\x00\x01", UnknownFormat),
    ]
    for name, data, error in cases:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(error):
            files.read(tmp_path / name)
    with pytest.raises(FileMissing):
        files.read(tmp_path / "missing.jsonl")
    with pytest.raises(StorageDenied):
        files.write(tmp_path / "missing" / "rows.jsonl", (PAIR,))
    with pytest.raises(StorageDenied):
        files.append(tmp_path / "missing" / "rows.jsonl", PAIR)
    monkeypatch.setattr(row_records, "MOST_BYTES", 10)
    (tmp_path / "large.jsonl").write_bytes(lines(MESSAGES))
    with pytest.raises(DocumentError):
        files.read(tmp_path / "large.jsonl")


def test_too_long_texts_are_counted(files: RowFiles, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(alpaca(), alpaca(input="x" * 20_000), alpaca(output="x " * 5000)))
    rows = files.read(path)
    assert (rows.rows, rows.rejected) == ((PAIR,), {RowFault.TOO_LONG: 2})


def test_a_workbook_is_read_in_the_child(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        make_xlsx({"Rows": {"A1": "question", "B1": "answer", "A2": QUESTION, "B2": ANSWER}})
    )
    sandbox = Sandbox()
    try:
        assert RowFiles(sandbox).read(path).rows == (PAIR,)
    finally:
        sandbox.close()
