"""What is kept of conversations: read, changed, merged, taken along; and notes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.events import ConversationsChanged, SummariesChanged
from app.domain.memory.summaries import Digest, Note, Point, Statistics, Summary, statistics
from app.services.conversations.service import ConversationService
from app.services.events import Events
from app.services.memory.notes import NoteService
from app.services.memory.recall import Recall
from app.services.memory.summaries import UNDO_SECONDS, SummaryService
from app.services.memory.summary_files import SummaryFiles
from app.ui.acts import Acts
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.pages.undoing import Undoing
from app.ui.summaries.exporting import SummaryExporting
from app.ui.summaries.note_card import NoteActs
from app.ui.summaries.notes import NotesPane
from app.ui.summaries.reading.editor import SummaryEditor
from app.ui.summaries.reading.places import PointSource, place_of
from app.ui.summaries.reading.reading_pane import ReadingPane
from app.ui.summaries.several import EmptyPane, SeveralPane
from app.ui.summaries.sidebar import SummarySidebar
from app.ui.summaries.timeline import grouped
from app.ui.summaries.words import SummaryWords, is_begun
from app.ui.theme import Theme
from app.ui.widgets.controls import frame, stacked
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.toast import Toast


@dataclass(frozen=True)
class SummaryServices:
    """Everything that the view reaches; files are written on `background`, the rest is read and
    stored on `reading`."""

    summaries: SummaryService
    summary_files: SummaryFiles
    notes: NoteService
    recall: Recall
    conversations: ConversationService
    events: Events
    reading: Acts
    background: Acts


@dataclass(frozen=True, slots=True)
class _Overview:
    """What was loaded at once: `rows` are of those that `query` asked for."""

    query: str
    rows: list[Summary | str]
    proposed: list[Note]
    kept: list[Note]
    titles: dict[str, str]
    counts: Statistics


class SummariesPage(Retranslating, ReloadsWhenSeen, QWidget):
    """`continued` gives a conversation and the turn to open it at (0: its end), `passage_chosen`
    then a segment and the citation in it, if there is one; `asked` an open question, `wanted` a
    conversation that is to be summarised now."""

    continued, asked, passage_chosen = Signal(str, int), Signal(str), Signal(object, object)
    wanted = Signal(str)

    def __init__(self, services: SummaryServices, theme: Theme, language: Language) -> None:
        super().__init__()
        self._services = services
        self._reading = services.reading
        self._words = words = SummaryWords(language)
        acts = NoteActs(self._change_note, self._remove_note, self._remember_note, self._accept)
        self.sidebar = SummarySidebar(words, theme)
        self.reading, self.editor = ReadingPane(words, theme), SummaryEditor(theme)
        self.notes = NotesPane(words, acts, theme)
        self.several, self.empty = SeveralPane(), EmptyPane(theme)
        self._in_notes, self._sought = False, ""
        self._build()
        self.toast = Toast(self._content)
        self._undoing = Undoing(self, services.reading, self.toast)
        self._exporting = SummaryExporting(
            self, services.summary_files, services.background, language
        )
        self._connect()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._content = frame("content")
        self._blank = QWidget()
        self.stack = stacked(
            self._blank, self.reading, self.editor, self.notes, self.several, self.empty
        )
        in_column(self.stack, on=self._content, margins=0)
        in_row(self.sidebar, wide(self._content), on=self, margins=0, spacing=0)

    def _connect(self) -> None:
        sidebar, reading = self.sidebar, self.reading
        sidebar.chosen.connect(self._choose)
        sidebar.searched.connect(self.reload)
        sidebar.notes_wanted.connect(self.show_notes)
        sidebar.menu.connect(self._pop_up)
        sidebar.removed.connect(self.remove)
        reading.continued.connect(lambda: self.continued.emit(self.shown.conversation, 0))
        reading.turn_wanted.connect(lambda point: self._lead(point, self._open_turn))
        reading.passage_wanted.connect(lambda point: self._lead(point, self._open_passage))
        reading.asked.connect(self.asked)
        reading.wanted.connect(self._write_now)
        reading.edited.connect(self.edit)
        reading.pinned.connect(self._pin)
        reading.remembered.connect(self._remember)
        reading.more.connect(self._pop_up)
        self.several.merged.connect(self.merge)
        self.several.exported.connect(self.export)
        self.several.removed.connect(self.remove)
        self.editor.saved.connect(self._save)
        self.editor.left.connect(self._leave_editor)
        self.notes.added.connect(lambda text: self._run(lambda: self._services.notes.add(text)))
        for kind in (SummariesChanged, ConversationsChanged):
            self._services.events.subscribe(kind, lambda _: self.note_news())
        QShortcut(QKeySequence("Ctrl+F"), self, sidebar.search.setFocus)

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def shown(self) -> Summary:
        """The one in the reading pane."""
        return self.reading.summary

    def _first_focus(self) -> QWidget:
        return self.sidebar.list

    def _retranslate(self) -> None:
        self.note_news()

    def _load(self) -> None:
        services, query = self._services, self.sidebar.query

        def look(_: object) -> _Overview:
            everything = services.summaries.all()
            found = self._found(query, everything) if query else everything
            titles = {summary.id: summary.title for summary in everything}
            notes = services.notes
            counts = statistics(everything)
            return _Overview(query, grouped(found), notes.proposed(), notes.kept(), titles, counts)

        services.reading.begin(self, look, self._show)

    def _found(self, query: str, everything: list[Summary]) -> list[Summary]:
        """By its words, and by what it means."""
        services = self._services
        found = {summary.id for summary in services.summaries.find(query)}
        found |= set(services.recall.find(query))
        return [summary for summary in everything if summary.id in found]

    def _show(self, overview: _Overview) -> None:
        """Unless something else was typed since."""
        self.notes.show_notes(overview.proposed, overview.kept, overview.titles)
        self.sidebar.show_proposed(len(overview.proposed))
        self.sidebar.show_counts(self._words.counts(overview.counts))
        if overview.query == self.sidebar.query:
            self.sidebar.show_rows(overview.rows, overview.query)
            self.empty.say(found_none=bool(overview.titles))
            self._seek(overview)
            if self.stack.currentWidget() is not self.editor:
                self._show_pane()

    def open(self, memory: str) -> None:
        """Show a summary or the notes, by the id of what an answer rests on."""
        if self._may_leave():
            self._close_editor()
            self._sought = memory
            self.sidebar.search.clear()
            self.reload()

    def _seek(self, overview: _Overview) -> None:
        if sought := self._sought:
            self._sought = ""
            self._in_notes = any(note.id == sought for note in overview.kept)
            self.sidebar.select(sought)

    def _show_pane(self) -> None:
        chosen = self.sidebar.selected
        self.sidebar.notes.setChecked(self._in_notes)
        if self._in_notes:
            self.stack.setCurrentWidget(self.notes)
        elif not chosen:
            there_are = self.sidebar.model.rowCount() > 0
            self.stack.setCurrentWidget(self._blank if there_are else self.empty)
        elif len(chosen) > 1:
            self.several.show_count(len(chosen), len(self._begun))
            self.stack.setCurrentWidget(self.several)
        else:
            self.reading.show_summary(chosen[0])
            self.stack.setCurrentWidget(self.reading)

    def _choose(self) -> None:
        """The user turned to other summaries."""
        if self.stack.currentWidget() is self.editor:
            if [summary.id for summary in self.sidebar.selected] == [self.editor.summary.id]:
                return
            if not self._may_leave():
                self.sidebar.select(self.editor.summary.id)
                return
        self._in_notes = False
        self._show_pane()

    def show_notes(self) -> None:
        self.sidebar.notes.setChecked(self._in_notes)
        if self._may_leave():
            self._in_notes = True
            self._show_pane()

    def _run(self, act: Callable[[], object]) -> None:
        """An act that is stored; the list follows by itself."""
        self._reading.begin(self, lambda _: act())

    # -- where it comes from ----------------------------------------------------------------------

    def _lead(self, point: Point, go: Callable[[PointSource], None]) -> None:
        def found(place: PointSource | None) -> None:
            if place is None:
                self.toast.say(self.tr("This turn of the conversation was deleted."))
            else:
                go(place)

        conversations = self._services.conversations
        self._reading.begin(self, lambda _: place_of(point, conversations), found)

    def _open_turn(self, place: PointSource) -> None:
        self.continued.emit(place.conversation, place.turn)

    def _open_passage(self, place: PointSource) -> None:
        self._open_turn(place)
        if place.segment:
            self.passage_chosen.emit(place.segment, place.citation)

    def _write_now(self, conversation: str) -> None:
        self.toast.say(self.tr("The summary is being written."))
        self.wanted.emit(conversation)

    # -- acts on what is chosen -------------------------------------------------------------------

    @property
    def _begun(self) -> list[Summary]:
        return [summary for summary in self.sidebar.selected if is_begun(summary)]

    def _pop_up(self, at: QPoint) -> None:
        if self._begun:
            self.menu().exec(at)

    def menu(self) -> QMenu:
        """What can be done with all that are chosen."""
        menu, count = QMenu(self), len(self._begun)
        merge = menu.addAction(self.tr("Merge into one"), self.merge)
        if count < 2:
            merge.setText(self.tr("Merge: choose several in the list with Ctrl"))
            merge.setEnabled(False)
        menu.addAction(self.tr("Export…"), self.export)
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), self.remove)
        return menu

    def merge(self) -> None:
        chosen = [summary.id for summary in self._begun]
        question = self.tr("Merge %n summary(ies) into one for good?", "", len(chosen))
        if agreed(self, question, act=self.tr("Merge"), final=True):
            self._reading.begin(
                self,
                lambda _: self._services.summaries.merge(chosen),
                lambda made: self.sidebar.select(made.id),
            )

    def export(self) -> None:
        self._exporting.export(self._begun, self._say_exported)

    def _say_exported(self, path: Path) -> None:
        told = self.tr("Saved as “%1”, readable by everybody who can open it.")
        self.toast.say(filled(told, path.name))

    def remove(self) -> None:
        """At once; the toast takes it back."""
        gone, summaries = self._begun, self._services.summaries
        if not gone:
            return
        told = self.tr("%n summary(ies) deleted.", "", len(gone))
        if len(gone) == 1:
            told = filled(self.tr("“%1” was deleted."), gone[0].title)

        def each(act: Callable[[str], None]) -> None:
            for summary in gone:
                act(summary.id)

        self._undoing.do(told, lambda: each(summaries.remove), lambda: each(summaries.restore))
        self._undoing.end_later(UNDO_SECONDS, summaries.purge)

    def _pin(self, pinned: bool) -> None:
        summary = self.shown.id
        self._run(lambda: self._services.summaries.pin(summary, pinned=pinned))

    def _remember(self, remembered: bool) -> None:
        summary = self.shown.id
        self._run(lambda: self._services.summaries.remember(summary, remembered=remembered))

    # -- changing ---------------------------------------------------------------------------------

    def edit(self) -> None:
        self.editor.edit(self.shown)
        self.stack.setCurrentWidget(self.editor)

    def _save(self, digest: Digest) -> None:
        summary = self.editor.summary.id
        self._reading.begin(
            self,
            lambda _: self._services.summaries.edit(summary, digest),
            lambda _: self._close_editor(),
        )

    def _leave_editor(self) -> None:
        if self._may_leave():
            self._close_editor()

    def _close_editor(self) -> None:
        self.sidebar.list.setFocus()
        self._show_pane()

    def _may_leave(self) -> bool:
        if self.stack.currentWidget() is not self.editor or not self.editor.is_changed:
            return True
        why = self.tr("What you changed in it is not saved.")
        return agreed(self, self.tr("Close the form?"), why, act=self.tr("Close without saving"))

    # -- notes ------------------------------------------------------------------------------------

    def _change_note(self, note: Note, text: str) -> None:
        self._run(lambda: self._services.notes.change(note, text))

    def _remove_note(self, note: Note) -> None:
        notes = self._services.notes
        told = self.tr("The note was deleted.")
        self._undoing.do(told, lambda: notes.remove(note), lambda: notes.restore(note))

    def _remember_note(self, note: Note, remembered: bool) -> None:
        self._run(lambda: self._services.notes.remember(note, remembered=remembered))

    def _accept(self, note: Note, accepted: bool) -> None:
        self._run(lambda: self._services.notes.accept(note, accepted=accepted))
