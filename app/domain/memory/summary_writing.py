"""What a model writes of some turns, and which of it the turns themselves support."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.chat import citations, refusals, titles
from app.domain.chat.conversation import AnswerState
from app.domain.evidence.support import figures_of
from app.domain.memory.summaries import Digest, Point, PointKind, StoredExchange
from app.domain.text import language
from app.domain.text.sentences import sentences
from app.stems import stems

#: GBNF: one JSON object. Points name their turn before they say anything, which keeps a small model
#: at it; words and their number are bounded, or it goes on and on, without blanks if need be.
GRAMMAR = r"""
root ::= "{\"title\": \"" title "\", \"key\": [" points "], \"decisions\": [" few "], \"open\": [" questions "]}"
title ::= [A-ZА-ЯЁ] sign{1,28} (" " word){1,6}
points ::= point (", " point){0,3}
few ::= (point (", " point){0,2})?
questions ::= (question (", " question)?)?
point ::= "{\"turn\": " [1-9] [0-9]? ", \"text\": \"" word (" " word){3,39} "\"}"
question ::= "\"" [A-ZА-ЯЁ] asked{0,28} (" " asked{1,28}){2,19} "?\""
word ::= sign{1,28}
sign ::= [^ "\\\x00-\x1F]
asked ::= [^ "?\\\x00-\x1F]
"""  # noqa: E501
#: Share of a point's stems that its turn must have; and of a decision's that the user's words must.
_SUPPORTED, _DECIDED = 0.6, 0.5
#: Share of a question's stems from which on another asks the same.
_SAME_QUESTION = 0.6
#: Facts that are taken from one answer, and the longest.
_FACTS, _LONGEST_FACT = 2, 300
#: What says nothing, and what repeats a turn instead of drawing from it.
_EMPTY = re.compile(
    r"(?:(?:пользователь|сотрудник) (?:спросил|поинтересовался|задал)|вопрос о|"
    r"(?:вопрос|ответ)?\s*(?:сотрудник|помощник)?а?\s*:|(?:the )?(?:user|employee) asked|"
    r"question about|(?:the )?(?:employee|assistant)?(?:'s)?\s*(?:question|answer)?\s*:)",
    re.IGNORECASE,
)
#: A turn that was copied whole says its point after this.
_COPIED = re.compile(r"^.*(?:ответ помощника|the assistant's answer)\s*:\s*", re.IGNORECASE)
#: A word of two alphabets is none.
_MIXED = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
#: What a sentence begins with that asks, with or without its mark.
_ASKING = re.compile(
    r"(?:а |и |но |and |but )?(?:(?:в|во|из|на|с|со|к|по|о|об|от|до|для|у|за|при|под|in|on|at|to|"
    r"for|from|with|by) )?(?:кто|что|чего|чему|кого|кому|где|куда|откуда|когда|сколько|скольких|"
    r"как\w{0,3}|каков\w*|чей|чья|чьё|почему|зачем|можно ли|есть ли|правда ли|расскажи|покажи|"
    r"найди|объясни|поясни|перечисли|назови|сравни|опиши|подскажи|дай|составь|напиши|переведи|приведи|"
    r"(?!запомн|запиш|отмет|учт)\w+[йи]те|спасибо|привет|здравствуй|"
    r"what|who|whom|whose|where|when|which|why|how|is|are|was|were|do|does|did|can|could|may|"
    r"tell|show|find|explain|list|name|compare|describe|give|write|translate|summari[sz]e|"
    r"thanks|thank|hello|hi)\b",
    re.IGNORECASE,
)
#: What a decision is introduced by; without it the rest says the same.
_LEAD = re.compile(
    r"(?:(?:хорошо|ладно|отлично|ок|итак|тогда|значит|прошу|запомни(?:те)?|запиши(?:те)?|пожалуйста|"
    r"решено|решаем|решаю|так|договорились|ok|okay|good|fine|then|so|please|remember|note|"
    r"it is settled|settled)\b[\s,:—–]*)+(?:(?:что|that)\b\s*)?",
    re.IGNORECASE,
)
#: Words by which a sentence beside a question decides something.
_DECIDING = re.compile(
    r"\b(?:реш(?:ил\w*|ено|аем|аю)|договорились|выбра\w*|выбира\w*|запомни\w*|запиши\w*|"
    r"согласова\w*|утверди\w*|отложи\w*|\w{2,}(?:сем|сём|дем|дём|жем|жём|чем|чём|аем|яем|уем|"
    r"вим|дим|жим|зим|лим|мим|ним|пим|рим|сим|тим|чим|шим)|we(?:'ll| will| have)|let's|decided|"
    r"agreed|settled|i (?:choose|will|decided)|go with|remember|from now on|postpone)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3


def digest(said: str, turns: Sequence[StoredExchange]) -> Digest:
    """Of what a model wrote under `GRAMMAR` about these turns, numbered from 1, what they support,
    and what needs no model: the facts that answers cite, the questions that found no answer. Of an
    object that was cut off the whole parts."""
    told, spoken = _told(said), language_of(turns)
    points = [
        point
        for kind, name in ((PointKind.KEY, "key"), (PointKind.DECISION, "decisions"))
        for each in told[name]
        if (point := _point(kind, each, turns, spoken))
    ]
    points += decisions(turns)
    questions = [*unanswered(turns), *_questions(told["open"], turns, spoken)]
    title = titles.accepted(told["title"], turns[0].asked.text) if turns else None
    return Digest(title or "", (*points, *facts(turns)), tuple(questions))


def language_of(turns: Sequence[StoredExchange]) -> str:
    """The conversation's: that of its questions."""
    return language.of(" ".join(turn.asked.text for turn in turns))


def is_refused(each: StoredExchange) -> bool:
    """Whether a question found no answer."""
    return each.answer.state == AnswerState.ABSTAINED or refusals.is_refusal(each.answer.text)


def unanswered(turns: Sequence[StoredExchange]) -> list[str]:
    """Questions that the documents did not answer."""
    refused = [turn.asked.text for turn in turns if is_refused(turn)]
    return [" ".join(each.split()) for each in refused if asks(each)]


def decisions(turns: Sequence[StoredExchange]) -> list[Point]:
    """What the user told rather than asked, in the user's words: every sentence of a turn that asks
    nothing, and beside a question what decides."""
    found = []
    for turn in turns:
        alone = not asks(turn.asked.text)
        for sentence in _sentences(turn.asked.text):
            text = _sentence(_LEAD.sub("", sentence, count=1))
            if asks(sentence) or text.count(" ") + 1 < _LEAST_WORDS:
                continue
            if alone or _DECIDING.search(sentence):
                found.append(Point(PointKind.DECISION, text, turn.asked.id))
    return found


def asks(said: str) -> bool:
    """Whether any sentence of it asks, or orders an answer."""
    return any(sentence.endswith("?") or _ASKING.match(sentence) for sentence in _sentences(said))


def _sentences(said: str) -> list[str]:
    return [said[start:end].strip() for start, end in sentences(said)]


def facts(turns: Sequence[StoredExchange]) -> list[Point]:
    """Claims of answers that a passage supports, as they stand: nothing is truer to a conversation
    than its own words."""
    found = []
    for turn in turns:
        claims = [] if is_refused(turn) else list(_claims(turn))
        found += sorted(claims, key=lambda claim: claim[0])[:_FACTS]
    return [point for _, point in found]


def _claims(each: StoredExchange) -> Iterable[tuple[int, Point]]:
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
        found: Any = json.loads(said)
    except ValueError:
        found = {
            "title": _first(r'"title": "([^"]+)"', said),
            "key": _whole_points(said.partition('"decisions"')[0]),
            "decisions": _whole_points(said.partition('"decisions"')[2]),
            "open": [],
        }
    told = found if isinstance(found, dict) else {}
    lists = {name: told.get(name) for name in ("key", "decisions", "open")}
    kept = {name: unknown if isinstance(unknown, list) else [] for name, unknown in lists.items()}
    return {"title": str(told.get("title", "")), **kept}


def _first(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    return found[1] if found else ""


def _whole_points(said: str) -> list[dict[str, Any]]:
    found = re.findall(r'{"turn": (\d+), "text": "([^"]+)"}', said)
    return [{"turn": int(turn), "text": text} for turn, text in found]


def _point(
    kind: PointKind,
    told: dict[str, Any],
    turns: Sequence[StoredExchange],
    spoken: str,
) -> Point | None:
    """None without support, in another language, or when it says nothing."""
    text = _sentence(_COPIED.sub("", str(told["text"])))
    if not text or language.of(text) != spoken or text.endswith("?"):
        return None
    if _EMPTY.match(text) or _MIXED.search(text):
        return None
    named = int(told["turn"]) - 1
    order = sorted(range(len(turns)), key=lambda place: place != named)
    for place in order:
        each = turns[place]
        if kind == PointKind.DECISION:
            if _share(text, each.asked.text) >= _DECIDED and not asks(each.asked.text):
                return Point(kind, text, each.asked.id)
        elif asks(each.asked.text) and not is_refused(each):
            said = f"{each.asked.text} {each.answer.text}"
            if _share(text, said) >= _SUPPORTED:
                return Point(kind, text, each.answer.id, _source(text, each))
    return None


def _share(text: str, said: str) -> float:
    """Of the text's stems those that were said; 0 where a number of it was not."""
    if not set(figures_of(text)) <= set(figures_of(said)):
        return 0.0
    wanted = set(stems(text))
    return len(wanted & set(stems(said))) / len(wanted) if wanted else 0.0


def _source(text: str, each: StoredExchange) -> int | None:
    """The source of the citation that says most of it."""
    wanted = set(stems(text))
    shares = [
        (len(wanted & set(stems(citation.quote))), citation.number)
        for citation in each.answer.citations
        if citation.supported
    ]
    share, number = max(shares, default=(0, 0))
    return number if share else None


def _questions(told: Sequence[object], turns: Sequence[StoredExchange], spoken: str) -> list[str]:
    """Those that came up and that no turn asks."""
    asked = [turn.asked.text for turn in turns]
    found = [" ".join(str(each).split()) for each in told]
    return [
        each
        for each in found
        if language.of(each) == spoken
        and not any(same_question(each, other) for other in asked)
        and any(_share(each, f"{t.asked.text} {t.answer.text}") >= _DECIDED for t in turns)
    ]


def same_question(one: str, other: str) -> bool:
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _SAME_QUESTION * max(min(len(first), len(second)), 1)


def _sentence(text: str) -> str:
    """On one line, with a capital and without marks."""
    line = citations.unmarked(" ".join(text.split())).strip(" \"'«»")
    return line[:1].upper() + line[1:]
