"""Which rows are taken, and what a person should look at before they are trained on."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from app.domain.questions import followup
from app.domain.text import language, personal
from app.domain.training.rows import Row, RowFault, RowWarning

#: Words that a quote must have to prove anything.
_QUOTE_WORDS = 3
#: Words that a question must have; characters of an answer that is learned, and that is looked at.
_QUESTION_WORDS = 3
_LONGEST_ANSWER, _LONG_ANSWER = 4000, 1500
#: An answer must have this many letters before its language is anything to speak of.
_LETTERS = 24
#: Share of their words from which on two questions are the same (Jaccard), and letters of a word
#: that are compared: Russian and English endings are longer than what tells two words apart.
_SAME, _STEM = (4, 5), 5

_SPACES = re.compile(r"\s+")
_QUOTE_MARKS = re.compile("[\"'«»“”„‟‘’‚`]")
_DASHES = re.compile("[‐‑‒–—―−-]")
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
#: What a question says when it only makes sense beside its passage.
_SOURCE = re.compile(
    r"\b(?:эт(?:ом|ого|от|ой|а|у)|данн\w+|приведённ\w+|приведенн\w+|указанн\w+|предоставленн\w+|"
    r"представленн\w+)\s+(?:текст|отрывк|отрывок|фрагмент|документ|абзац|стать|пассаж|раздел)\w*"
    r"|\b(?:в|из|согласно|по|во)\s+(?:\w+\s+)?(?:текст(?:е|а|у)|отрывк(?:е|а|у)|фрагмент(?:е|а|у)|"
    r"пассаж(?:е|а|у)|абзац(?:е|а|у))\b"
    r"|\b(?:отрыв(?:ок|ка|ке)|фрагмент\w*|passage|абзац\w*)\s*(?:№|n|no\.?)?\s*\d"
    r"|\b(?:упомянут|упомина|описан|сказан|говорит|указан|перечислен|приведен|приведён)\w*\s+"
    r"(?:здесь|выше|ниже|в\s+(?:тексте|отрывке|документе))"
    r"|\b(?:вышеупомянут|вышеуказан|нижеследующ)\w*"
    r"|\b(?:this|that|the|given|above|following|provided)\s+(?:text|passage|excerpt|document|"
    r"paragraph|article|section|fragment|snippet)\b"
    r"|\b(?:mentioned|described|stated|listed|discussed|given|according to)\s+"
    r"(?:here|above|below|in the (?:text|passage|document|article))"
    r"|\b(?:aforementioned|abovementioned)\b|\[\d+\]",
    re.IGNORECASE,
)
#: Questions with the same words and another of these ask for something else.
_ASKED = re.compile(
    r"\b(кто|кого|кому|кем|что|чего|чему|чем|когда|где|куда|откуда|сколько|почему|зачем|как|"
    r"как(?:ой|ая|ое|ие|ого|ому|им|ом|ую|их|ими)|чей|чья|чьё|не|без|who|whom|whose|what|which|"
    r"when|where|why|how|many|much|long|far|not|first|last|перв\w+|последн\w+)\b"
)
_YEAR_ASKED = re.compile(r"\b(?:како[мй] год\w?|(?:what|which) year)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{3,4}(?!\d|-)")
#: Who asks a question out of nothing means nobody by these.
_PRONOUN = re.compile(
    r"\b(?:он|она|оно|они|его|её|ее|ему|ей|их|им|ими|нем|нём|ней|них|эт(?:от|а|и|ого|ой|ом|их)|"
    r"he|she|they|it|him|his|her|hers|its|them|their|this|these|those)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\w*\d\w*")
#: A word with a capital that does not begin a sentence.
_NAME = re.compile(r"(?<=[\w,)»”\"] )[«“„\"(]?([A-ZА-ЯЁ][a-zа-яё]\w*)")


def plain(text: str) -> str:
    """For comparing: lower case, ё as е, one kind of white space, quotation mark and dash."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ё", "е").replace("\u0301", "")
    folded = _DASHES.sub("-", _QUOTE_MARKS.sub('"', folded))
    return _SPACES.sub(" ", folded).strip()


def holds(passage: str, quote: str) -> bool:
    """Whether a passage has these words, of which there must be a few."""
    wanted = plain(quote).strip(' ".…')
    return len(_WORD.findall(wanted)) >= _QUOTE_WORDS and wanted in plain(passage)


def leaks(question: str) -> bool:
    """Whether a question names the passage that it was made of, or leans on it: who asks it has
    never seen the passage."""
    return bool(_SOURCE.search(question)) or followup.leans(question)


def fault(row: Row) -> RowFault | None:
    """Why a row is not taken, looked at alone: its words, their lengths, its quote."""
    if len(_WORD.findall(row.question)) < 1 or not _WORD.search(row.answer):
        return RowFault.EMPTY
    if len(row.answer) > _LONGEST_ANSWER:
        return RowFault.TOO_LONG
    if row.quote and not any(holds(passage.text, row.quote) for passage in row.passages):
        return RowFault.QUOTE
    return None


def fault_of_written(row: Row) -> RowFault | None:
    """The same for one that a model wrote from its passages: there must be a quote, the question
    must stand alone, and a year be answered with a year."""
    if len(_WORD.findall(row.question)) < _QUESTION_WORDS:
        return RowFault.EMPTY
    if _words(row.answer) <= _words(row.question):
        return RowFault.EMPTY  # it says the question over again
    if not row.quote:
        return RowFault.QUOTE
    if _YEAR_ASKED.search(row.question) and not _YEAR.search(row.answer):
        return RowFault.DISAGREES
    leans = leaks(row.question) or bool(_PRONOUN.search(row.question))
    return fault(row) or (RowFault.LEAK if leans else None)


def warnings(row: Row) -> frozenset[RowWarning]:
    """What a row shows by itself; duplicates show among others."""
    passages = (f"{passage.header}\n{passage.text}" for passage in row.passages)
    found = {
        RowWarning.PERSONAL: personal.is_in("\n".join((row.question, row.answer, *passages))),
        RowWarning.LONG: len(row.answer) > _LONG_ANSWER,
        RowWarning.LANGUAGE: _speak_differently(row.question, row.answer),
    }
    return frozenset(warning for warning, is_so in found.items() if is_so)


def _speak_differently(question: str, answer: str) -> bool:
    enough = min(len(_LETTER.findall(each)) for each in (question, answer)) >= _LETTERS
    return enough and language.of(question) != language.of(answer)


def duplicates(questions: Sequence[str]) -> dict[int, int]:
    """Of each question that nearly repeats an earlier one: its place and that of the first.

    The same numbers, names and question words, and four fifths of the words. Two such sets share
    one of their rarest words, near the beginning of both when the rarest come first: few pairs are
    compared, however many questions are alike but for one word (PPJoin: Xiao 2008).
    """
    kinds = [_kind(question) for question in questions]
    words = [_words(question) for question in questions]
    common = Counter(word for each in words for word in each)
    index: _Index = defaultdict(lambda: defaultdict(list))
    found: dict[int, int] = {}
    for place, own in enumerate(words):
        rare = sorted(own, key=lambda word: (common[word], word)) or [""]
        keys = [(kinds[place], word) for word in rare[: len(rare) - _least(len(rare)) + 1]]
        near = sorted(set(_candidates(index, keys, len(rare))))
        first = next((each for each in near if _alike(own, words[each])), None)
        if first is not None:
            found[place] = first
            continue
        for at, key in enumerate(keys):
            index[key][at, len(rare)].append(place)
    return found


#: (kind, word) → (its place among the rarest, how many words there are) → questions.
_Key = tuple[str, str]
_Index = defaultdict[_Key, defaultdict[tuple[int, int], list[int]]]


def _candidates(index: _Index, keys: Sequence[_Key], size: int) -> Iterator[int]:
    """Those that can be alike if one of these words is the first that they have in common."""
    for at, key in enumerate(keys):
        for (other_at, other), places in index[key].items() if key in index else ():
            shared = min(size - at, other - other_at)
            if _are_alike(shared, size, other):
                yield from places


def _least(size: int) -> int:
    """How many of so many words another set must have at least."""
    return -(-size * _SAME[0] // _SAME[1])


def _are_alike(both: int, one: int, other: int) -> bool:
    return both * _SAME[1] >= _SAME[0] * (one + other - both)


def _kind(question: str) -> str:
    """What must be the same: another number, name or question word asks for something else."""
    folded = plain(question)
    names = {plain(each)[:_STEM] for each in _NAME.findall(question)}
    asked = set(_ASKED.findall(folded))
    return " ".join([*_NUMBER.findall(folded), "|", *sorted(names), "|", *sorted(asked)])


def _words(question: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(plain(question)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return _are_alike(len(one & other), len(one), len(other))
