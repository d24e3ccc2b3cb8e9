"""Rows from documents: the chat model asks and answers about one passage after the other. Runs on
the inference worker thread."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.chat.conversation import Segment
from app.domain.errors import Cancelled
from app.domain.library.documents import Scope
from app.domain.progress import Control, Progress, Redirected
from app.domain.settings import RowWriting, Sampling
from app.domain.text import injection, language
from app.domain.training import row_checks, row_writing
from app.domain.training.rows import Row, RowFault, RowOrigin, RowPassage, Rows
from app.engines.base import CacheSequence, ChatModel, Finish
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.datasets.row_assembly import RowAssembly, supported
from app.services.models.inference import Inference
from app.services.retrieval.segments import segment_of
from app.services.retrieval.service import RetrievalService
from app.services.searchable import SearchableCollection, SearchedDocuments
from app.store.library.library import StoredPassage

#: A quotation is a repetition: no penalty for it.
_EXACT = Sampling(temperature=0, repeat_penalty=1.0)

Keep = Callable[[Row], None]


class RowWriter:
    def __init__(
        self,
        inference: Inference,
        retrieval: RetrievalService,
        collections: Callable[[], Sequence[SearchableCollection]],
        prompts: Prompts,
        settings: RowWriting | None = None,
    ) -> None:
        self._inference = inference
        self._collections = collections
        self._prompts = prompts
        self._settings = settings or RowWriting()
        self._assembly = RowAssembly(retrieval, prompts, self._settings)

    def write(
        self,
        documents: Sequence[str],
        count: int,
        control: Control,
        keep: Keep,
        known: Sequence[Row] = (),
    ) -> Rows:
        """Up to `count` rows about these documents (ids; all without any), each handed to `keep` as
        soon as it is finished. What `known` rows ask is not asked again. Reports Progress of rows.

        Fewer where every passage was asked about as often as is useful. `NoChatModel` and the like,
        `NoEmbeddingModel`; `Cancelled`: what was kept is all there is.
        """
        model, _ = self._inference.chat(control, adapters=())  # an adapter would learn from itself
        act = _RowWriting(model, control, Scope(documents=frozenset(documents)), _Known(known))
        rows: list[Row] = []
        rejected: Counter[RowFault] = Counter()
        for passage, times in self._passages(documents):
            if len(rows) >= count:
                break
            control.check()
            control.report(Progress(len(rows), count, passage.name))
            made = self._row(passage, times, act)
            if isinstance(made, Row):
                rows.append(made)
                act.known.rows.append(made)
                keep(made)
            elif made is not None:
                rejected[made] += 1
        control.report(Progress(len(rows), count))
        return Rows(tuple(rows), dict(rejected))

    # -- what is asked about ----------------------------------------------------------------------

    def _passages(self, documents: Sequence[str]) -> Iterator[tuple[StoredPassage, int]]:
        """One of each document in turn, spread within it; all of them again and again, with the
        number of the round."""
        wanted = list(documents) or None
        found = [
            (collection.store, document.id)
            for collection in self._collections()
            for document in collection.store.documents(wanted)
        ]
        for times in range(self._settings.most):
            for passage in _in_turn([_spread(*each) for each in found]):
                yield passage, times

    def _gold(self, passage: StoredPassage, model: ChatModel) -> Segment | None:
        """A passage as an answer would get it, cut to what a row holds. None of what is a table, no
        running text, or gives orders to a model."""
        text = passage.passage.text
        if passage.passage.locator.cells or injection.suspicious(text):
            return None
        text = row_writing.fitted(text, self._settings.gold, model.count)
        if not row_writing.is_worth_asking(text):
            return None
        return replace(segment_of([passage], passage), text=text)

    # -- one row ----------------------------------------------------------------------------------

    def _row(self, passage: StoredPassage, times: int, act: "_RowWriting") -> Row | RowFault | None:
        """Why there is none; None where there is nothing to ask. `Cancelled`."""
        gold = self._gold(passage, act.model)
        if gold is None:
            return None
        before = act.known.facts(gold.text)
        facts = row_writing.facts(gold.text, before)
        if not facts or len(before) > times:
            return None
        before.add(facts[0])
        turns = self._turns(gold, facts[0])
        said = _said(turns, self._settings.row_tokens, act, row_writing.GRAMMAR)
        draft = row_writing.draft(said)
        if draft is None:
            return RowFault.TOO_LONG
        row = Row(
            question=draft.question,
            answer=draft.answer,
            passages=(RowPassage(gold.header, gold.text),),
            quote=draft.quote,
            group=passage.document,
            origin=RowOrigin.DOCUMENTS,
        )
        fact = replace(gold, text=facts[0])
        return self._fault(row, gold, fact, act) or self._among_others(row, gold, act)

    def _fault(self, row: Row, gold: Segment, fact: Segment, act: "_RowWriting") -> RowFault | None:
        """`fact` is the sentence of `gold` that the question was to be about."""
        if reason := row_checks.fault_of_written(row):
            return reason
        if act.known.repeats(row.question):
            return RowFault.DUPLICATE
        if not supported(row.answer, fact):
            return RowFault.QUOTE  # it stands in the passage, and proves nothing
        if language.of(row.question) != language.of(gold.text):
            return RowFault.DISAGREES
        prompt = self._filled("row-check", gold, question=row.question)
        second = _said([Turn(TurnKind.USER, prompt)], self._settings.check_tokens, act)
        agreed = row_writing.agree(row.question, row.answer, second)
        return None if agreed else RowFault.DISAGREES

    def _among_others(self, row: Row, gold: Segment, act: "_RowWriting") -> Row | RowFault:
        found = self._assembly.found(row.question, gold, act.scope)
        if found is None:
            return RowFault.LEAK
        due = (len(act.known.rows) + 1) // self._settings.unanswered > act.known.refusals
        refused = self._assembly.unanswered(row, found, act.model) if due else None
        return refused or self._assembly.answered(row, found, act.model)

    def _turns(self, gold: Segment, fact: str) -> list[Turn]:
        """After one example, as answers are: small models learn the manner from it."""
        spoken = language.of(gold.text)
        return [
            Turn(TurnKind.USER, self._prompts.get("example-row-question", spoken)),
            Turn(TurnKind.ASSISTANT, self._prompts.get("example-row-answer", spoken)),
            Turn(TurnKind.USER, self._filled("row", gold, sentence=fact)),
        ]

    def _filled(self, use: str, gold: Segment, **rest: str) -> str:
        spoken = language.of(gold.text)
        return self._prompts.filled(use, spoken, header=gold.header, passage=gold.text, **rest)


@dataclass(frozen=True, slots=True)
class _RowWriting:
    model: ChatModel
    control: Control
    scope: Scope
    known: "_Known"


class _Known:
    """The rows so far, those of an earlier run first, and what was asked about each passage."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)
        self._facts: dict[str, set[str]] = {}
        for row in rows:
            for passage in row.passages:
                told = row_writing.facts(passage.text) if row.quote else []
                known = {fact for fact in told if row_checks.holds(fact, row.quote)}
                self.facts(passage.text).update(known)

    def facts(self, text: str) -> set[str]:
        return self._facts.setdefault(text, set())

    @property
    def refusals(self) -> int:
        return sum(1 for row in self.rows if not row.answered)

    def repeats(self, question: str) -> bool:
        questions = [row.question for row in self.rows]
        return len(questions) in row_checks.duplicates([*questions, question])


def _said(turns: Sequence[Turn], tokens: int, act: _RowWriting, grammar: str = "") -> str:
    """`Cancelled`."""
    sampling = replace(_EXACT, max_tokens=tokens, grammar=grammar)
    silent = Redirected(act.control, lambda progress: None)
    generated = act.model.stream(turns, sampling, silent, CacheSequence.AUXILIARY)
    if generated.finish == Finish.STOPPED:
        raise Cancelled
    return generated.text


def _in_turn(sources: Sequence[Iterator[StoredPassage]]) -> Iterator[StoredPassage]:
    left = list(sources)
    while left:
        for iterator in list(left):
            if (passage := next(iterator, None)) is not None:
                yield passage
            else:
                left.remove(iterator)


def _spread(library: SearchedDocuments, document: str) -> Iterator[StoredPassage]:
    held = sum(each.passages for each in library.documents([document]))
    for place in row_writing.spread(held):
        yield from library.passages_of(document, place, place)
