"""Question files of any kind that the bench reads, sampled, laid out as one folder that every
contestant, Larets too, takes its documents and questions from."""

import json
import random
import shutil
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

from app.bench.questions import BenchQuestion, QuestionSet, read

#: Name: the question file and, across languages, the parallel file that the questions are taken of.
KNOWN = {
    "xquad-ru": ("xquad/dev.ru.json", None),
    "xquad-en": ("xquad/dev.en.json", None),
    "xquad-ru-en": ("xquad/dev.en.json", "xquad/dev.ru.json"),
    "xquad-en-ru": ("xquad/dev.ru.json", "xquad/dev.en.json"),
    "ru-rag": ("ru-rag/qa.json", None),
    "financebench": ("financebench/qa.json", None),
}


def lay_out(
    file: Path,
    asked: Path | None,
    folder: Path,
    documents: int | None,
    limit: int | None,
    chance: random.Random | None,
) -> QuestionSet:
    """`folder`/documents and `folder`/questions.json: `documents` of them with all their questions,
    or `limit` of these; the documents of the others stay as distractors."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "documents").mkdir(parents=True)
    for name in ("read", "asked"):  # articles of both files have the same names
        (folder / name).mkdir()
    whole = read(file, folder / "read", None)
    if asked is not None:
        whole = _asked_in(whole, read(asked, folder / "asked", None))
    sample = drawn(whole, documents, limit, chance)
    for each in sample.files:
        shutil.copyfile(each, folder / "documents" / each.name)
    for name in ("read", "asked"):
        shutil.rmtree(folder / name)
    rows = [asdict(each) for each in sample.questions]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    (folder / "questions.json").write_text(text, "utf-8")
    return sample


def drawn(
    whole: QuestionSet, documents: int | None, limit: int | None, chance: random.Random | None
) -> QuestionSet:
    """A sample that keeps the order of the questions; only files that questions name are drawn.

    Without `chance`: the documents with the most questions, and the first questions.
    """
    named = Counter(each.document for each in whole.questions)
    files = sorted((each for each in whole.files if each.name in named), key=lambda each: each.name)
    if documents is None:
        files = list(whole.files)
    elif documents < len(files):
        richest = sorted(files, key=lambda each: -named[each.name])[:documents]
        files = sorted(chance.sample(files, documents) if chance else richest)
    kept = {each.name for each in files}
    questions = [each for each in whole.questions if each.document in kept]
    if limit is not None and limit < len(questions):
        places = sorted(chance.sample(range(len(questions)), limit)) if chance else range(limit)
        questions = [questions[place] for place in places]
    return QuestionSet(tuple(questions), tuple(files))


def _asked_in(whole: QuestionSet, other: QuestionSet) -> QuestionSet:
    """The same questions in the words of a parallel file."""
    pairs = zip(whole.questions, other.questions, strict=True)
    questions: list[BenchQuestion] = [
        replace(ours, question=theirs.question) for ours, theirs in pairs
    ]
    return QuestionSet(tuple(questions), whole.files)
