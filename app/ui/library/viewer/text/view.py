"""A document as its own structured text, written in slices so that the window stays free."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from app.domain.library.documents import BlockKind
from app.ui.library.viewer.find_line import MOST_HITS
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.text.pieces import TextPiece
from app.ui.library.viewer.text.writer import TextWriter
from app.ui.theme import LIGHT, Theme
from app.ui.widgets.controls import rest

#: What a slice may weigh, see Piece.
SLICE = 200
_ZOOM = (0.6, 3.0)
#: Above what is scrolled to, in pixels; around tables on both sides.
_ABOVE, _MARGIN = 80, 14
#: Kept free for a scroll bar and its distance.
_BAR = 20
#: Pixels of a table's width on paper, of which 96 make an inch.
_PAPER = 640


class TextView(QTextBrowser):
    """Text only: nothing is loaded, no link opens. `found` gives the hits of a search."""

    found = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: Sequence[TextPiece] = ()
        self._spot: Spot | None = None
        self._writer: TextWriter | None = None
        self._written = 0
        self._scale = 1.0
        self._sought = ""
        self._hits: list[QTextCursor] = []
        #: Slices that the document took.
        self.slices = 0
        self.setOpenLinks(False)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._write_slice)
        self._width = 0
        self._refit = rest(self, 200, self._fit)
        theme.changed.connect(self._rewrite)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def show_pieces(self, pieces: Sequence[TextPiece], spot: Spot) -> None:
        """Write them with the spot's characters marked and, once they are there, in view."""
        self._pieces, self._spot = pieces, spot
        self._rewrite()

    @property
    def complete(self) -> bool:
        """Whether all of it is written."""
        return self._written >= len(self._pieces)

    @property
    def marked(self) -> str:
        """The characters that are marked."""
        color = QColor(self._theme.colors.mark)
        block, texts = self.document().begin(), []
        while block.isValid():
            for part in block.textFormats():
                if part.format.background().color() == color:
                    texts.append(block.text()[part.start : part.start + part.length])
            block = block.next()
        return " ".join(texts)

    def on_paper(self) -> QTextDocument:
        """All of it in dark ink and with nothing marked, whatever the theme is."""
        made = QTextDocument()
        TextWriter(made, LIGHT, 1.0, _PAPER, ()).write(list(self._pieces))
        return made

    def stop(self) -> None:
        """Write no more, forget everything."""
        self._timer.stop()
        self._pieces, self._spot, self._writer, self._written = (), None, None, 0
        self._hits = []
        self.clear()

    def _rewrite(self) -> None:
        if self._spot is None:
            return
        self._hits, self._written, self.slices = [], 0, 0
        self.clear()
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(_MARGIN)
        self._width = self.width()
        room = self._width - 2 * _MARGIN - _BAR
        self._writer = TextWriter(
            self.document(), self._theme.colors, self._scale, room, self._spot.marked
        )
        self._write_slice()
        if not self.complete:
            self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.width() != self._width:
            self._refit.start()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Tables are as wide as the view was: write them anew for another width."""
        tables = any(piece.kind is BlockKind.TABLE for piece in self._pieces)
        if tables and self.width() != self._width:
            self._rewrite()

    def _write_slice(self) -> None:
        writer = self._writer
        if writer is None:
            return
        waited = writer.marked is None
        begin, weight = self._written, 0
        while self._written < len(self._pieces) and weight < SLICE:
            weight += self._pieces[self._written].weight
            self._written += 1
        writer.write(list(self._pieces[begin : self._written]))
        self.slices += 1
        if waited and writer.marked is not None:
            self._look_at(writer.marked)
        if self.complete:
            self._timer.stop()
            if self._sought:
                self.find_text(self._sought)

    def _look_at(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - _ABOVE)

    def zoom(self, factor: float | None) -> None:
        """Larger or smaller letters; None: the usual size."""
        scale = min(max(self._scale * factor, _ZOOM[0]), _ZOOM[1]) if factor else 1.0
        if scale != self._scale:
            self._scale = scale
            self._rewrite()

    def copied(self) -> str:
        """What is selected, or else marked."""
        chosen = self.textCursor().selection().toPlainText()
        return str(chosen) or self.marked

    def find_text(self, text: str) -> None:
        """Mark where `text` stands; "" marks nothing."""
        self._sought, self._hits = text, []
        cursor = QTextCursor(self.document())
        while text and len(self._hits) < MOST_HITS:
            cursor = self.document().find(text, cursor)
            if cursor.isNull():
                break
            self._hits.append(cursor)
        self._show_hits(-1)
        self.found.emit(len(self._hits))

    def go_to(self, hit: int) -> None:
        """Show one of the hits of the search."""
        self._show_hits(hit)
        self._look_at(self._hits[hit].selectionStart())

    def _show_hits(self, chosen: int) -> None:
        colors = self._theme.colors
        shown = []
        for place, cursor in enumerate(self._hits):
            selection = QTextEdit.ExtraSelection()
            style = QTextCharFormat()
            current = place == chosen
            style.setBackground(QColor(colors.accent if current else colors.accent_soft))
            style.setForeground(QColor(colors.on_accent if current else colors.text))
            selection.format, selection.cursor = style, cursor
            shown.append(selection)
        self.setExtraSelections(shown)
