"""What the library says while files are added: progress, pauses, what failed and what was left."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.errors import LaretsError
from app.domain.library.documents import AddProgress, AddReport, Document, DroppedFiles
from app.ui.language import Language
from app.ui.library.adding import Adding
from app.ui.library.left_out import LeftOutFiles
from app.ui.library.table.pane import DocumentsPane
from app.ui.widgets.toast import Toast


class AddingNews(QObject):
    """Between what is added and the strips over the table; sentences are said anew when the
    language changes."""

    def __init__(
        self, adding: Adding, pane: DocumentsPane, toast: Toast, language: Language
    ) -> None:
        super().__init__(pane)
        self._adding, self._pane, self._toast = adding, pane, toast
        self._documents, self._language = pane.documents, language
        self._left_out = LeftOutFiles()
        self._again: Callable[[], str] | None = None
        strip = pane.strip
        strip.paused.connect(adding.pause)
        strip.resumed.connect(adding.resume)
        strip.cancelled.connect(adding.cancel)
        pane.going_on.connect(adding.run)
        adding.began.connect(self._begin)
        adding.progressed.connect(self._show)
        adding.ended.connect(self._end)
        adding.failed.connect(lambda error: self.say(error, can_go_on=True))
        adding.left_out.connect(self._note_left_out)
        adding.waiting.connect(self._show_paused)
        adding.dropped.connect(self._tell_dropped)
        language.changed.connect(self._say_again)

    def say(self, error: LaretsError, *, can_go_on: bool = False) -> None:
        """What went wrong and what to do; "Go on" where files wait that it kept from being read."""
        if can_go_on:
            self._pane.strip.hide()
        self._say(lambda: self._language.told(error), can_go_on=can_go_on)

    def _say(self, words: Callable[[], str], *, can_go_on: bool) -> None:
        self._again = words
        self._pane.problem.say(words(), can_go_on=can_go_on)

    def _say_again(self) -> None:
        if self._again and not self._pane.problem.isHidden():
            self._pane.problem.reword(self._again())

    def _begin(self) -> None:
        self._pane.problem.hide()
        self._documents.set_paused(paused=False)
        self._pane.strip.prepare()

    def _show(self, progress: AddProgress) -> None:
        self._documents.set_paused(paused=False)
        self._pane.strip.show_progress(progress)
        self._documents.set_progress(progress)

    def _show_paused(self, count: int) -> None:
        self._documents.set_progress(None)
        self._documents.set_paused(paused=True)
        self._pane.strip.show_paused(count)

    def _end(self, report: AddReport | None) -> None:
        self._documents.set_progress(None)
        if not self._adding.busy:
            self._pane.strip.hide()
        failed = [each for each in report.documents if each.error] if report else []
        left_out = self._left_out.taken()
        if failed or left_out:
            self._say(lambda: self._sum(failed, left_out), can_go_on=False)

    def _sum(self, failed: Sequence[Document], left_out: dict[str, int]) -> str:
        lines = []
        if failed:
            count = self.tr("%n file(s) could not be read.", "", len(failed))
            lines.append(f"{count} {self._documents.reason(failed[0])}")
        if left_out:
            lines.append(self._left_out.told(left_out))
        return "\n".join(lines)

    def _note_left_out(self, found: dict[str, int]) -> None:
        self._left_out.note(found)
        if found and not self._adding.busy:
            self._end(None)

    def _tell_dropped(self, dropped: Sequence[DroppedFiles]) -> None:
        """A queue that was emptied can be filled again."""
        self._documents.set_paused(paused=False)
        count = sum(len(each.paths) for each in dropped)
        if count:
            told = self.tr("%n file(s) were taken off the list; what was read stays.", "", count)
            self._toast.say(told, lambda: self._adding.add_again(dropped))
