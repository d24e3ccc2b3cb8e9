"""Question files: SQuAD JSON, or a JSON list with documents beside it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedFile, FileMissing


@dataclass(frozen=True, slots=True)
class BenchQuestion:
    """`document`: a file name; `context`: the gold paragraph; `pages`: 1-based, may be empty."""

    question: str
    answer: str
    document: str
    context: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the files that hold the answers (and others that do not)."""

    questions: tuple[BenchQuestion, ...]
    files: tuple[Path, ...]


def read(path: Path, scratch: Path, limit: int | None) -> QuestionSet:
    """Read a question file; SQuAD articles are written to `scratch` as text files.

    `limit` keeps the first questions; of a folder then only their documents. `FileMissing`,
    `DamagedFile`.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FileMissing(name=str(path)) from error
    except ValueError as error:
        raise DamagedFile(name=path.name) from error
    try:
        return (
            _listed(data, path, limit) if isinstance(data, list) else _squad(data, scratch, limit)
        )
    except (KeyError, TypeError, IndexError) as error:
        raise DamagedFile(name=path.name) from error


def _squad(data: dict[str, Any], scratch: Path, limit: int | None) -> QuestionSet:
    questions: list[BenchQuestion] = []
    files = []
    for place, article in enumerate(data["data"]):
        title = str(article.get("title") or f"Article {place}").replace("_", " ")
        file = scratch / f"{place:03} {_safe(title)}.txt"
        contexts = [" ".join(each["context"].split()) for each in article["paragraphs"]]
        file.write_text("\n\n".join(contexts), "utf-8")
        files.append(file)
        for context, paragraph in zip(contexts, article["paragraphs"], strict=True):
            for each in paragraph["qas"]:
                answers = each.get("answers") or [{"text": ""}]
                questions.append(
                    BenchQuestion(each["question"], answers[0]["text"], file.name, context)
                )
    return QuestionSet(tuple(questions[:limit]), tuple(files))


def _listed(data: list[dict[str, Any]], path: Path, limit: int | None) -> QuestionSet:
    questions = tuple(
        BenchQuestion(
            each["question"],
            str(each.get("answer", "")),
            str(each.get("document") or each.get("file") or ""),
            str(each.get("context") or " ".join(each.get("evidence") or ())),
            tuple(each.get("pages") or ()),
        )
        for each in data[:limit]
    )
    wanted = {question.document for question in questions}
    found = [each for each in sorted(path.parent.rglob("*")) if each.is_file() and each != path]
    files = tuple(each for each in found if limit is None or each.name in wanted)
    return QuestionSet(questions, files)


def _safe(title: str) -> str:
    return "".join(each if each.isalnum() or each in " -" else " " for each in title).strip()
