"""How good an answer is, by the rules of the contract; on stems, so that case endings of Russian
and plurals of English don't count."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.exams.expected_words import contains, words
from app.stems import normal, of_normal

#: The scores of answers that are compared between programs.
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
#: A capital inside a sentence; what stands at its beginning may be any word.
_NAME = re.compile(r"(?<![.!?…:«\"“(\[\n•*-] )(?<=[\w,;] )([A-ZА-ЯЁ][\w’'-]{2,})")
#: A list number or a citation is no figure of the answer.
_MARK = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]|^\s*\d{1,3}[.)]\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """Against the gold answer: all its words and no others; the harmonic mean of precision and
    recall; whether every stem of it stands in the answer."""

    exact: bool
    f1: float
    contains: bool


def score(answer: str, gold: str) -> AnswerScore:
    """An empty gold answer is contained in nothing."""
    said, wanted = words(_MARK.sub(" ", answer)), words(gold)
    shared = sum((Counter(said) & Counter(wanted)).values())
    f1 = 2 * shared / (len(said) + len(wanted)) if said and wanted else 0.0
    return AnswerScore(bool(wanted) and said == wanted, f1, contains(answer, gold))


def invented(answer: str, texts: Iterable[str], question: str) -> tuple[str, ...]:
    """Figures and names of the answer that none of the texts holds, nor the question."""
    bare = _MARK.sub(" ", answer)
    known = [question, *texts]
    figures = {figure for text in known for figure in figures_of(text)}
    known_words = {word for text in known for word in of_normal(normal(text))}
    found = [figure for figure in figures_of(bare) if figure not in figures]
    for match in _NAME.finditer(bare):
        own = of_normal(normal(match.group(1)))
        if own and not known_words.issuperset(own):
            found.append(match.group(1))
    return tuple(dict.fromkeys(found))


def figures_of(text: str) -> Sequence[str]:
    """Numbers without the signs that part thousands, decimal commas as dots, and without zeros
    after them: "1 577,0" is "1577"."""
    found = []
    for match in _NUMBER.finditer(text):
        plain = re.sub(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))", "", match.group())
        plain = plain.replace(",", ".")
        found.append(re.sub(r"\.0+$", "", plain))
    return found
