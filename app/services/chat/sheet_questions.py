"""Questions that a table answers by computing: the chat model proposes a query, a private database
runs it. Runs on the inference worker thread."""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.chat.conversation import Computed, Segment, Source
from app.domain.errors import Cancelled, DocumentError
from app.domain.events import LibraryChanged
from app.domain.library.cells import Cells
from app.domain.library.tables import Table, Value
from app.domain.progress import Control, Redirected
from app.domain.settings import Sampling
from app.domain.text import language
from app.engines.base import CacheSequence, ChatModel, Finish
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.chat.sheet_prompt import filled, request, result_text
from app.services.events import Events
from app.store.library.sheet_query import QueryRefused, SheetQuery, SheetQueryResult

#: Tokens of a query; rows of a result that an answer may use; tables that stay loaded.
_TOKENS, _ROWS, _KEPT = 120, 20, 4
#: Characters of a value in a result.
_VALUE = 300
#: As SQLite would say it.
_NO_ROW = "no row fits these conditions"
#: Share of the context that a table's description may take.
_ROOM = 0.4
SAMPLING = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=_TOKENS, stop=(";", "\n\n"))
_SELECT = re.compile(r"\b(?:select|with)\b.*", re.IGNORECASE | re.DOTALL)

#: A document's id → its typed tables.
ReadTables = Callable[[str, Control], tuple[Table, ...]]


class SheetQuestions:
    """Keeps the last tables loaded until the library changes."""

    def __init__(self, read: ReadTables, prompts: Prompts, events: Events) -> None:
        self._read = read
        self._prompts = prompts
        self._loaded: OrderedDict[str, list[SheetQuery]] = OrderedDict()
        self._stale = False
        events.subscribe(LibraryChanged, lambda _: self._outdate())

    def computed(
        self, question: str, segments: Sequence[Segment], model: ChatModel, control: Control
    ) -> Computed | None:
        """The result of a query that the model proposed, when the best of the segments stands in a
        sheet; None where that is not so, or no query gives anything. `Cancelled`."""
        best = segments[0] if segments else None
        if best is None or not best.best.cells:
            return None
        sheet = self._sheet(best, control)
        if sheet is None:
            return None
        turns = [Turn(TurnKind.USER, request(question, sheet, self._prompts))]
        if model.count(turns[0].text) > _ROOM * model.context_length:
            return None
        found = self._found(turns, sheet, model, control)
        if found is None:
            return None
        query, result = found
        return Computed(
            number=0,
            query=query,
            columns=result.columns,
            rows=tuple(tuple(map(_short, row)) for row in result.rows[:_ROWS]),
            sheet=sheet.table.sheet,
            document=best.document,
            name=best.name,
            cells=result.cells,
        )

    def source(self, computed: Computed, question: str, best: Segment) -> Source:
        """The result as a numbered source, at the place of the passage that led to its table."""
        template = self._prompts.get("computed", language.of(question))
        cells = ", ".join(computed.cells)
        text = filled(
            template,
            cells=cells,
            query=" ".join(computed.query.split()),
            question=question,
            result=result_text(computed.columns, computed.rows),
        )
        place = replace(best.best, cells=cells)
        segment = replace(
            best, text=text, locator=place, best=place, passages=(), parts=(), boxes=(),
            header=best.header.split("\n", 1)[0],
        )  # fmt: skip
        return Source(computed.number, segment)

    def close(self) -> None:
        """Nothing of a table stays."""
        for sheets in self._loaded.values():
            for sheet in sheets:
                sheet.close()
        self._loaded.clear()

    def _outdate(self) -> None:
        """Told on another thread: what is in use must not be closed here."""
        self._stale = True

    # -- tables -----------------------------------------------------------------------------------

    def _sheet(self, best: Segment, control: Control) -> SheetQuery | None:
        """The table that the passage is of."""
        if self._stale:
            self._stale = False
            self.close()
        if best.document not in self._loaded:
            try:
                self._loaded[best.document] = _loaded(self._read(best.document, control))
            except DocumentError:
                return None
        self._loaded.move_to_end(best.document)
        while len(self._loaded) > _KEPT:
            for query in self._loaded.popitem(last=False)[1]:
                query.close()
        place = Cells.parse(best.best.cells)
        same = [
            sheet_query
            for sheet_query in self._loaded[best.document]
            if sheet_query.table.sheet == best.best.sheet
        ]
        return next(
            (sheet_query for sheet_query in same if place and sheet_query.table.cells.holds(place)),
            None,
        )

    # -- queries ----------------------------------------------------------------------------------

    def _found(
        self, turns: list[Turn], sheet: SheetQuery, model: ChatModel, control: Control
    ) -> tuple[str, SheetQueryResult] | None:
        """The query and its result; one that SQLite refuses or that no row fits is mended once."""
        for _ in range(2):
            query = self._proposed(turns, model, control)
            try:
                result = sheet.run(query, lambda: control.cancelled)
            except QueryRefused as refusal:
                control.check()
                turns = self._objected(turns, query, str(refusal))
                continue
            if _says_something(result):
                return query, result
            turns = self._objected(turns, query, _NO_ROW)
        return None

    def _objected(self, turns: list[Turn], query: str, problem: str) -> list[Turn]:
        template = self._prompts.get("sheet-repair", language.of(turns[0].text))
        repair = filled(template, error=problem)
        return [*turns, Turn(TurnKind.ASSISTANT, query), Turn(TurnKind.USER, repair)]

    def _proposed(self, turns: Sequence[Turn], model: ChatModel, control: Control) -> str:
        # These words are no answer: nobody is told.
        silent = Redirected(control, lambda progress: None)
        generated = model.stream(turns, SAMPLING, silent, CacheSequence.AUXILIARY)
        if generated.finish is Finish.STOPPED:
            raise Cancelled
        bare = generated.text.replace("```sql", "").replace("```", "")
        match = _SELECT.search(bare)
        return (match[0] if match else bare).strip().rstrip(";").strip()


def _loaded(tables: Sequence[Table]) -> list[SheetQuery]:
    loaded: list[SheetQuery] = []
    for table in tables:
        try:
            loaded.append(SheetQuery(table))
        except QueryRefused:
            continue  # too large to be held: its passages answer alone
    return loaded


def _short(value: Value) -> Value:
    if isinstance(value, str) and len(value) > _VALUE:
        return f"{value[:_VALUE]}…"
    return value


def _says_something(result: SheetQueryResult) -> bool:
    """A count of nothing is more often a condition that fits no row than an answer."""
    return any(value not in (None, "", 0) for row in result.rows for value in row)
