"""What a model writes of some turns, and which of it the turns themselves support."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.domain import citations, language, refusals, titles
from app.domain.conversation import AnswerState
from app.domain.sentences import sentences
from app.domain.summaries import Digest, Exchange, Point, PointKind

#: GBNF: one JSON object. Points name their turn before they say anything, which keeps a small model
#: at it; words are bounded, or it goes on and on.
GRAMMAR = r"""
root ::= "{\"title\": \"" title "\", \"key\": [" points "], \"decisions\": [" few "], \"open\": [" questions "]}"
title ::= [A-ZА-ЯЁ] sign+ (" " sign+){1,6}
points ::= point (", " point){0,3}
few ::= (point (", " point){0,2})?
questions ::= (question (", " question)?)?
point ::= "{\"turn\": " [1-9] [0-9]? ", \"text\": \"" sign+ (" " sign+){3,27} "\"}"
question ::= "\"" [A-ZА-ЯЁ] asked* (" " asked+){2,19} "?\""
sign ::= [^ "\\\x00-\x1F]
asked ::= [^ "?\\\x00-\x1F]
"""  # noqa: E501
#: Share of a point's stems that its turn must have; and of a decision's that the user's words must.
_SUPPORTED, _DECIDED = 0.6, 0.5
#: Share of a question's stems from which on another asks the same.
_SAME_QUESTION = 0.6
#: Facts that are taken from one answer, and the longest.
_FACTS, _LONGEST_FACT = 2, 300
#: What says nothing.
_EMPTY = re.compile(
    r"(?:(?:пользователь|сотрудник) (?:спросил|поинтересовался|задал)|вопрос о|"
    r"(?:the )?(?:user|employee) asked|question about)",
    re.IGNORECASE,
)

Stems = Callable[[str], Sequence[str]]


def digest(said: str, turns: Sequence[Exchange], stems: Stems) -> Digest:
    """Of what a model wrote under `GRAMMAR` about these turns, numbered from 1, what they support,
    and what needs no model: the facts that answers cite, the questions that found no answer. Of an
    object that was cut off the whole parts."""
    told = _told(said)
    spoken = language_of(turns)
    points = [
        point
        for kind, name in ((PointKind.KEY, "key"), (PointKind.DECISION, "decisions"))
        for each in told[name]
        if (point := _point(kind, each, turns, spoken, stems))
    ]
    questions = [*unanswered(turns), *_questions(told["open"], turns, spoken, stems)]
    title = titles.accepted(told["title"], turns[0].asked.text) if turns else None
    return Digest(title or "", (*points, *facts(turns)), tuple(questions))


def language_of(turns: Sequence[Exchange]) -> str:
    """The conversation's: that of its questions."""
    return language.of(" ".join(each.asked.text for each in turns))


def is_refused(each: Exchange) -> bool:
    """Whether a question found no answer."""
    return each.answer.state == AnswerState.ABSTAINED or refusals.is_refusal(each.answer.text)


def unanswered(turns: Sequence[Exchange]) -> list[str]:
    """Questions that the documents did not answer."""
    return [" ".join(each.asked.text.split()) for each in turns if is_refused(each)]


def facts(turns: Sequence[Exchange]) -> list[Point]:
    """Claims of answers that a passage supports, as they stand: nothing is truer to a conversation
    than its own words."""
    found = []
    for each in turns:
        claims = [] if is_refused(each) else list(_claims(each))
        found += sorted(claims, key=lambda claim: claim[0])[:_FACTS]
    return [point for _, point in found]


def _claims(each: Exchange) -> Iterable[tuple[int, Point]]:
    """The supported claims of an answer with their order of worth: numbers first."""
    text = each.answer.text
    for start, end in sentences(text):
        cited = [
            citation
            for citation in each.answer.citations
            if citation.supported and start <= citation.at <= end + 1
        ]
        claim = citations.unmarked(text[start:end])
        if cited and len(claim) <= _LONGEST_FACT and claim.count(" ") > 1:
            point = Point(PointKind.FACT, claim, each.answer.id, cited[0].number)
            yield (0 if re.search(r"\d", claim) else 1), point


def _told(said: str) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        found = {
            "title": _first(r'"title": "([^"]+)"', said),
            "key": _whole_points(said.partition('"decisions"')[0]),
            "decisions": _whole_points(said.partition('"decisions"')[2]),
            "open": [],
        }
    usual: dict[str, Any] = {"title": "", "key": [], "decisions": [], "open": []}
    return usual | (found if isinstance(found, dict) else {})


def _first(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    return found[1] if found else ""


def _whole_points(said: str) -> list[dict[str, Any]]:
    found = re.findall(r'{"turn": (\d+), "text": "([^"]+)"}', said)
    return [{"turn": int(turn), "text": text} for turn, text in found]


def _point(
    kind: PointKind, told: dict[str, Any], turns: Sequence[Exchange], spoken: str, stems: Stems
) -> Point | None:
    """None without support, in another language, or when it says nothing."""
    text = _sentence(str(told.get("text", "")))
    if not text or language.of(text) != spoken or _EMPTY.match(text) or text.endswith("?"):
        return None
    named = int(told.get("turn", 0)) - 1
    order = sorted(range(len(turns)), key=lambda place: place != named)
    for place in order:
        each = turns[place]
        if kind == PointKind.DECISION:
            if _share(text, each.asked.text, stems) >= _DECIDED and not _asks(each.asked.text):
                return Point(kind, text, each.asked.id)
        elif not is_refused(each):
            said = f"{each.asked.text} {each.answer.text}"
            if _share(text, said, stems) >= _SUPPORTED:
                return Point(kind, text, each.answer.id, _source(text, each, stems))
    return None


def _share(text: str, said: str, stems: Stems) -> float:
    """Of the text's stems those that were said; 0 where a number of it was not."""
    if not citations.numbers(text) <= citations.numbers(said):
        return 0.0
    wanted = set(stems(text))
    return len(wanted & set(stems(said))) / len(wanted) if wanted else 0.0


def _source(text: str, each: Exchange, stems: Stems) -> int | None:
    """The source of the citation that says most of it."""
    wanted = set(stems(text))
    shares = [
        (len(wanted & set(stems(citation.quote))), citation.number)
        for citation in each.answer.citations
        if citation.supported
    ]
    share, number = max(shares, default=(0, 0))
    return number if share else None


def _asks(said: str) -> bool:
    """Whether it is a question and nothing else."""
    spans = sentences(said)
    return bool(spans) and all(said[start:end].rstrip().endswith("?") for start, end in spans)


def _questions(
    told: Sequence[object], turns: Sequence[Exchange], spoken: str, stems: Stems
) -> list[str]:
    """Those that came up and that no turn asks."""
    asked = [each.asked.text for each in turns]
    found = [" ".join(str(each).split()) for each in told]
    return [
        each
        for each in found
        if language.of(each) == spoken
        and not any(same_question(each, other, stems) for other in asked)
        and any(_share(each, f"{t.asked.text} {t.answer.text}", stems) >= _DECIDED for t in turns)
    ]


def same_question(one: str, other: str, stems: Stems) -> bool:
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _SAME_QUESTION * max(min(len(first), len(second)), 1)


def _sentence(text: str) -> str:
    """On one line, with a capital and without marks."""
    line = citations.unmarked(" ".join(text.split())).strip(" \"'«»")
    return line[:1].upper() + line[1:]
