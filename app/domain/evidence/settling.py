"""What becomes of an answer once its citations are checked: it stands, it gives way to the words of
the documents, or it is an abstention."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Message,
    QuestionKind,
    Quotation,
    Source,
)
from app.domain.evidence.support import figures_of
from app.domain.text.sentences import sentences
from app.stems import stems

#: How well a sentence must meet the question for an unconfirmed answer to be shown at all, and for
#: a confirmed one that has little to do with the words of the question.
WELL_MET = 0.74
#: How well a sentence must meet the question, and which share of the question's stems it must
#: have, to take a refusal's place where the readers are sure that the documents answer: small
#: models refuse one such question in ten (results/answers.md).
_LIKELY_MET, _LIKELY_SHARED = 0.58, 0.25
#: The share that it must have where the model cites that very sentence.
_AS_WELL = 0.5
#: Share of the question's stems that the answer, what it cites and its headings must have.
_SHARED = 0.6
_MARK = re.compile(r"\[\d+\]")
#: Words with which a question asks for something that it does not say itself, and without which it
#: asks whether.
_ASKS_FOR = re.compile(
    r"\b(?:кто|кого|кому|кем|ком|что|чего|чему|чем|чём|где|куда|откуда|когда|сколько|как|почему"
    r"|зачем|как(?:ой|ая|ое|ие|ого|ую|им|ими|их|ому|ом)|чей|чья|чьё|чьи|чьих|чьем|чьём|котор\w+"
    r"|who|whom|whose|what|which|where|when|why|how)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"\bли\b|^\W*(?:is|are|was|were|do|does|did|can|could|has|have|may|must)\b", re.IGNORECASE
)
#: Characters of an answer that a quotation may follow, and the share of the quotation's stems from
#: which on the answer says it already.
_SHORT, _SAID = 200, 0.7
#: Characters of each part of a document that is told in its own words.
_OPENING = 260
#: Sentences that are added to what is told of a document, and characters of the shortest.
_FACTS, _LEAST = 4, 25


def settled(answer: Message, question: str, *, doubtful: bool, sure: bool = False) -> Message:
    """A look-up's answer that no passage confirms, or a refusal, gives way to the sentence of the
    documents that answers by itself, or likely does where the readers are sure; such a sentence
    follows a short confirmed answer that leaves most of it out. Where the readers had doubts, or
    nothing meets the question well, it is an abstention, as is a confirmed sentence about something
    else that no likely sentence can stand in for, unless the readers are sure and chose it as well.
    A document that is told of without confirmation is told in its own words; otherwise the figures
    that the model left out follow in them. `doubtful`: whether it is answered at all was not sure;
    `sure`: the readers found that it is, whatever the user chose.
    """
    if answer.state is AnswerState.STOPPED:
        return answer
    if answer.kind is QuestionKind.DOCUMENT:
        if not answer.sources:
            return answer
        return with_facts(answer) if answer.confirmed else told(answer)
    shown = answer.quotation
    met = shown.met if shown else None
    poorly_met = met is not None and met < WELL_MET
    strays = answer.confirmed and poorly_met and _shared(answer, question) < _SHARED
    strays = strays and not (sure and _chose_as_well(answer, shown, question))
    unusable = strays or _says_nothing_new(answer, question)
    speaks = shown is not None and (shown.answers or (sure and _likely(shown, question)))
    if answer.confirmed and not unusable:
        return with_quotation(answer) if speaks else answer
    if speaks:
        return quoting(answer)
    return abstained(answer) if unusable or doubtful or poorly_met else answer


def _chose_as_well(answer: Message, shown: Quotation | None, question: str) -> bool:
    """Whether a citation stands in what was shown at once, which has half of the question's words:
    model and reader chose the same."""
    return (
        shown is not None
        and _share(shown, question) >= _AS_WELL
        and any(
            each.supported
            and each.number == shown.number
            and each.quote_start < shown.end
            and each.quote_end > shown.start
            for each in answer.citations
        )
    )


def _says_nothing_new(answer: Message, question: str) -> bool:
    """Whether it is the question once more, put as a statement: whatever confirms that, it is no
    answer, unless yes or no was asked for."""
    if not _ASKS_FOR.search(question) or _YES_OR_NO.search(question):
        return False
    said = set(stems(_MARK.sub("", answer.text)))
    return bool(said) and said <= set(stems(question))


def _likely(shown: Quotation, question: str) -> bool:
    return shown.met >= _LIKELY_MET and _share(shown, question) >= _LIKELY_SHARED


def _share(shown: Quotation, question: str) -> float:
    """Of the question's stems, those that the sentence has."""
    asked = set(stems(question))
    return len(asked & set(stems(shown.text))) / max(len(asked), 1)


def abstained(answer: Message) -> Message:
    """Nothing is said; the nearest passages are shown."""
    return replace(answer, text="", citations=(), state=AnswerState.ABSTAINED)


def quoting(answer: Message) -> Message:
    """The answer in the words of the documents alone: what was shown at once."""
    shown = answer.quotation
    assert shown is not None
    source = next(each for each in answer.sources if each.number == shown.number)
    text = f"> {shown.text}"
    quote = source.segment.text[shown.start : shown.end]
    cited = Citation(shown.number, len(text), quote, shown.start, shown.end, supported=True)
    return replace(answer, text=text, citations=(cited,), state=AnswerState.QUOTED)


def with_quotation(answer: Message) -> Message:
    """With the sentence that was shown at once below it, where a short answer leaves most of that
    out: small models drop half of a name or of a reason."""
    shown = answer.quotation
    if shown is None or len(answer.text) > _SHORT:
        return answer
    wanted, said = set(stems(shown.text)), set(stems(answer.text))
    if len(wanted & said) >= _SAID * len(wanted) or answer.state is AnswerState.CUT:
        return answer
    alone = quoting(answer)
    before = f"{answer.text.rstrip()}\n\n"
    (cited,) = alone.citations
    return replace(
        answer,
        text=before + alone.text,
        citations=(*answer.citations, replace(cited, at=cited.at + len(before))),
    )


def told(answer: Message) -> Message:
    """A document by the beginnings of its parts."""
    text, citations = "", list[Citation]()
    for source in answer.sources:
        start, end = _opening(source)
        quote = source.segment.text[start:end]
        text += ("\n" if text else "") + f"- {' '.join(quote.split())}"
        citations.append(Citation(source.number, len(text), quote, start, end, supported=True))
        text += f" [{source.number}]"
    return replace(answer, text=text, citations=tuple(citations), state=AnswerState.QUOTED)


def with_facts(answer: Message) -> Message:
    """With the first sentences of the document whose figures the answer does not have."""
    text, citations = answer.text.rstrip(), list(answer.citations)
    known, left = set(figures_of(text)), _FACTS
    for source in answer.sources:
        for start, end in sentences(source.segment.text):
            quote = source.segment.text[start:end]
            news = set(figures_of(quote)) - known
            if not left or not news or not _LEAST <= len(quote) <= _OPENING:
                continue
            text += f"\n\n> {' '.join(quote.split())}"
            citations.append(Citation(source.number, len(text), quote, start, end, supported=True))
            text += f" [{source.number}]"
            known, left = known | news, left - 1
    return replace(answer, text=text, citations=tuple(citations))


def _opening(source: Source) -> tuple[int, int]:
    """The first sentences of a part, one at least."""
    spans: Sequence[tuple[int, int]] = sentences(source.segment.text)
    if not spans:
        return 0, 0
    start, end = spans[0]
    for _, later in spans[1:]:
        if later - start > _OPENING:
            break
        end = later
    return start, end


def _shared(answer: Message, question: str) -> float:
    asked = set(stems(question))
    cited = [f"{source.segment.header} {source.segment.name}" for source in answer.cited]
    quotes = [citation.quote for citation in answer.citations]
    said = set(stems(" ".join([answer.text, *quotes, *cited])))
    return len(asked & said) / len(asked) if asked else 1.0
