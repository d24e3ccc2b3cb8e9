"""Writes the answer to a question that has several sides or asks for a set of documents: every side
is read on its own, what it says is put beside its name with its citation, and how many were read is
said. Runs on the inference worker thread."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    Citation,
    LookedAt,
    Message,
    QuestionKind,
    Segment,
    Source,
    SourcesFound,
    TextSpan,
)
from app.domain.errors import Cancelled
from app.domain.progress import Control
from app.domain.questions import comparing, kinds
from app.domain.text import language
from app.engines.base import ChatModel
from app.services.questions.plan import Plan, Side
from app.services.questions.side_reader import Finding, SideReader
from app.services.retrieval.service import RetrievalService

#: Names of silent documents that are written out.
_NAMED = 12
#: Gives a segment its number among the sources of the conversation.
Numbered = Callable[[Segment], Source]


@dataclass
class _Written:
    """An answer on its way: what is written is reported at once."""

    control: Control
    text: str = ""
    sources: dict[int, Source] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.text += text
        self.control.report(AnswerPiece(text))

    def cite(self, found: Finding, source: Source) -> None:
        """The mark of a finding where the text stands now."""
        self.sources[source.number] = source
        at, quote = len(self.text), source.segment.text[found.quote.start : found.quote.end]
        self.citations.append(
            Citation(source.number, at, quote, found.quote.start, found.quote.end, supported=True)
        )
        self.say(f" [{source.number}]")


class SetWriter:
    def __init__(self, reader: SideReader, resources: Path) -> None:
        self._reader = reader
        self._resources = resources

    def write(
        self,
        answer: Message,
        question: str,
        plan: Plan,
        retrieval: RetrievalService,
        model: ChatModel | None,
        numbered: Numbered,
        control: Control,
    ) -> Message:
        """`answer` with its text, sources and citations; reports them as they come, and LookedAt.
        Cancelled on the way it is STOPPED with what was read. Errors of RetrievalService.find."""
        words, written = self._words(question), _Written(control)
        state = AnswerState.DONE
        findings: list[Finding] = []

        wanted = _wanted(question, words)

        def read(side: Side) -> Finding:
            found = self._reader.read(side, retrieval, model, wanted, control)
            findings.append(found)
            control.report(LookedAt(plan.found, len(findings)))
            return found

        try:
            if plan.kind is QuestionKind.SIDES:
                self._compare(question, plan, read, numbered, written, words)
            elif plan.bare:
                self._count(plan, retrieval, numbered, written, words)
            else:
                self._list(plan, read, numbered, written, words)
        except Cancelled:
            state = AnswerState.STOPPED
        whole = plan.bare and state is AnswerState.DONE
        looked = LookedAt(plan.found, plan.found if whole else _sides_read(plan, findings))
        if looked.read < looked.of:
            written.say("\n\n" + words["read"].format(read=looked.read, found=looked.of))
        sources = tuple(written.sources.values())
        control.report(SourcesFound(sources, 0.0))
        return replace(
            answer,
            text=written.text.strip(),
            state=state,
            sources=sources,
            citations=tuple(written.citations),
            kind=plan.kind,
            looked_at=looked,
        )

    # -- sides ------------------------------------------------------------------------------------

    def _compare(
        self,
        question: str,
        plan: Plan,
        read: Callable[[Side], Finding],
        numbered: Numbered,
        written: _Written,
        words: dict[str, str],
    ) -> None:
        attributes = kinds.attributes(question)
        if len(attributes) > 1:
            self._table(plan, attributes, read, numbered, written, words)
            return
        findings = []
        for side in plan.sides:
            found = read(side)
            findings.append(found)
            written.say(("\n" if written.text else "") + f"- **{side.name}**: ")
            _say(found, numbered, written, words)
        asked = comparing.order(question)
        if asked is None:
            return
        said = [found.text for found in findings]
        # What the model left out may stand in the sentence that it took its words from.
        whole = [_quote(found) for found in findings]
        place = comparing.first_of(asked, said)
        place = comparing.first_of(asked, whole) if place is None else place
        if place is not None:
            name = plan.sides[place].name
            written.say("\n\n" + words[asked.value].format(name=name))

    def _table(
        self,
        plan: Plan,
        attributes: Sequence[str],
        read: Callable[[Side], Finding],
        numbered: Numbered,
        written: _Written,
        words: dict[str, str],
    ) -> None:
        names = [side.name for side in plan.sides]
        written.say("| | " + " | ".join(names) + " |\n|" + "---|" * (len(names) + 1) + "\n")
        for attribute in attributes:
            written.say(f"| {attribute[:1].upper()}{attribute[1:]} |")
            for side in plan.sides:
                written.say(" ")
                found = read(replace(side, asked=f"{attribute}: {side.name}"))
                _say(found, numbered, written, words)
                written.say(" |")
            written.say("\n")

    # -- documents --------------------------------------------------------------------------------

    def _list(
        self,
        plan: Plan,
        read: Callable[[Side], Finding],
        numbered: Numbered,
        written: _Written,
        words: dict[str, str],
    ) -> None:
        written.say(words["found"].format(found=plan.found) + "\n")
        silent: list[str] = []
        for side in plan.sides:
            found = read(side)
            if not found.text:
                silent.append(side.name)
                continue
            written.say(f"\n- **{side.name}**: ")
            _say(found, numbered, written, words)
        if plan.counts:
            matching = len(plan.sides) - len(silent)
            told = words["matching"].format(matching=matching, read=len(plan.sides))
            written.say("\n\n" + told)
        if silent:
            more = " …" if len(silent) > _NAMED else ""
            names = ", ".join(silent[:_NAMED]) + more
            written.say("\n\n" + words["rest"].format(names=names))

    def _count(
        self,
        plan: Plan,
        retrieval: RetrievalService,
        numbered: Numbered,
        written: _Written,
        words: dict[str, str],
    ) -> None:
        """Which they are, each by how it begins; nothing has to be read for that."""
        written.say(words["counted"].format(found=plan.found) + "\n")
        for side in plan.sides:
            written.control.check()
            written.say(f"\n- {side.name}")
            document = next(iter(side.scope.documents))
            for segment in retrieval.of_document(document, 1).segments:
                first = segment.text.split("\n", 1)[0][:200]
                found = Finding(side, first, segment, TextSpan(0, len(first)))
                written.cite(found, numbered(segment))

    def _words(self, question: str) -> dict[str, str]:
        file = self._resources / f"answers.{language.of(question)}.toml"
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, str])


def _say(found: Finding, numbered: Numbered, written: _Written, words: dict[str, str]) -> None:
    if not found.text or found.segment is None:
        written.say(words["silent"])
        return
    written.say(found.text.replace("|", "/"))
    written.cite(found, numbered(found.segment))


def _wanted(question: str, words: dict[str, str]) -> str:
    """What is taken from each side, in words."""
    asked = comparing.order(question)
    if asked is None:
        return words["wanted"]
    return words["wanted_day" if asked.of_days else "wanted_amount"]


def _quote(found: Finding) -> str:
    return found.segment.text[found.quote.start : found.quote.end] if found.segment else ""


def _sides_read(plan: Plan, findings: Sequence[Finding]) -> int:
    """Sides of which everything that was asked was read."""
    each = max(len(findings) // max(len(plan.sides), 1), 1)
    return min(len(findings) // each, len(plan.sides))
