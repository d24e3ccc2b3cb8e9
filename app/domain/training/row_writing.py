"""What a model writes for a row: its grammar, whether two readings agree, the assembled row."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.domain.chat.refusals import is_refusal
from app.domain.text.sentences import sentences
from app.stems import stems

#: GBNF: one JSON object. The quote comes before the answer, which rests on it; a question begins
#: with a capital and ends at its first question mark.
GRAMMAR = r"""
root ::= "{\"question\": \"" question "\", \"quote\": \"" sign+ "\", \"answer\": \"" sign+ "\"}"
question ::= [A-ZА-ЯЁ] asked+ "?"
sign ::= [^"\\\x00-\x1F] | "\\\""
asked ::= [^"\\?\x00-\x1F] | "\\\""
"""
#: A sentence that cannot be understood without the one before it; and a name inside one.
_LEANS = re.compile(
    r"(?:он|она|оно|они|его|её|ее|их|эт\w{1,3}|так\w*|там|тогда|однако|поэтому|при этом|"
    r"he|she|it|they|his|her|its|their|this|these|that|those|there|then|also|however|therefore)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,)»”] )[«“\"]?[A-ZА-ЯЁ]\w")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Share of the shorter answer's stems that both readings must have in common.
_AGREES = 0.5
#: Blanks in what may be a sentence.
_SHORT = 2
_END = re.compile(r"[.!?…]*$")
_CITED = re.compile(r"\[\d")

#: Share of letters in running text; blanks in a sentence that says something, such sentences in a
#: passage, and characters of one that can be quoted.
_LETTERS, _SENTENCE_WORDS, _LEAST_SENTENCES, _LONGEST_FACT = 0.68, 6, 2, 400
#: A table of contents: dots or a number at the ends of its lines.
_ENTRY = re.compile(r"(?:\.{4,}|…{2,}|\s)\s*\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote about one passage."""

    question: str
    answer: str
    quote: str


def draft(said: str) -> Draft | None:
    """What was generated under `GRAMMAR` as a draft of a row; None where it was cut off."""
    try:
        written = json.loads(said)
        return Draft(*(" ".join(written[name].split()) for name in ("question", "answer", "quote")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def facts(text: str, but: Collection[str] = ()) -> list[str]:
    """The sentences of a passage that a question can be asked about, on one line each, the best
    first: with numbers and names, and none that leans on the one before. None of `but`."""
    lines = (" ".join(text[slice(*sentence)].split()) for sentence in sentences(text))
    found = [
        line
        for line in lines
        if line.count(" ") >= _SENTENCE_WORDS and len(line) <= _LONGEST_FACT and line not in but
    ]
    return sorted(found, key=_worth, reverse=True)


def _worth(sentence: str) -> int:
    leans = bool(_LEANS.match(sentence))
    return bool(_NUMBER.search(sentence)) + bool(_NAME.search(sentence)) - 2 * leans


def is_worth_asking(text: str) -> bool:
    """Whether a passage is running text: no table of contents, list of names, rows of figures."""
    lines = [line for line in text.split("\n") if line.strip()]
    entries = sum(1 for line in lines if _ENTRY.search(line))
    letters = sum(sign.isalpha() for sign in text)
    return (
        len(facts(text)) >= _LEAST_SENTENCES
        and letters >= _LETTERS * len(text)
        and 2 * entries < max(len(lines), 2)
    )


def agree(question: str, one: str, other: str) -> bool:
    """Whether two answers to a question say the same: neither refuses; where both have numbers that
    the question has not, those of one are all among those of the other; and of the stems that the
    question has not, "s" aside, half of the shorter answer's stand in both."""
    if is_refusal(one) or is_refusal(other):
        return False
    numbers = [_numbers(each) - _numbers(question) for each in (one, other)]
    if all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return False
    whole = [{stem for stem in stems(each) if len(stem) > 1} for each in (one, other)]
    said = [each - set(stems(question)) for each in whole]
    if not all(said):  # one of them says nothing but the question's own words
        said = whole
    return len(said[0] & said[1]) >= _AGREES * max(min(map(len, said)), 1)


def _numbers(text: str) -> set[str]:
    return {each.rstrip(".,").replace(",", ".") for each in _NUMBER.findall(text)}


def cited(answer: str, number: int) -> str:
    """An answer with [number] at the end of each sentence, before its full stop; one that cites
    already stays as it is."""
    if _CITED.search(answer):
        return answer
    pieces, done = [], 0
    for start, end in _whole_sentences(answer):
        sentence = answer[start:end]
        closing = _END.search(sentence)
        at = closing.start() if closing else len(sentence)
        pieces.append(f"{answer[done:start]}{sentence[:at]} [{number}]{sentence[at:] or '.'}")
        done = end
    return "".join(pieces) + answer[done:]


def _whole_sentences(text: str) -> list[tuple[int, int]]:
    """ "Bros. Entertainment" is no border: what is shorter than a few words joins its neighbour."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences(text):
        short = text[start:end].count(" ") < _SHORT
        if joined and (short or text[slice(*joined[-1])].count(" ") < _SHORT):
            start, _ = joined.pop()
        joined.append((start, end))
    return joined


def fitted(text: str, room: int, count: Callable[[str], int]) -> str:
    """The sentences from the beginning that `room` tokens hold; "" where the first does not fit."""
    if count(text) <= room:
        return text
    end = 0
    for _, until in sentences(text):
        if count(text[:until]) > room:
            break
        end = until
    return text[:end]


def spread(count: int) -> list[int]:
    """0 … count − 1 so that the first of any number of them lie far apart (golden ratio)."""
    return sorted(range(count), key=lambda place: (place * 0.6180339887498949 % 1, place))
