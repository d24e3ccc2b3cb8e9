"""One answer under a letter: its text with citations, and what these rest on."""

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFrame, QTextBrowser

from app.domain.chat.conversation import Message
from app.ui.assistants.blind.words import BlindWords
from app.ui.chat.transcript.answer_document import AnswerDocument
from app.ui.theme import Theme, font
from app.ui.widgets.controls import label
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, wide

_SMALL = 12


class Pane(QFrame):
    def __init__(self, words: BlindWords, theme: Theme, letter: str) -> None:
        super().__init__()
        self.setObjectName("answer")
        self._words, self._theme, self._letter = words, theme, letter
        self.message: Message | None = None
        self._written = ""
        self.head, self.name = label("strong", letter), Elided("accent")
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(letter)
        self.text.anchorClicked.connect(self._open)
        self.sources = QTextBrowser()
        self.sources.setFrameShape(QFrame.Shape.NoFrame)
        self.sources.document().setDocumentMargin(0)
        self.sources.setFont(font(_SMALL))
        self.sources.setAccessibleName(f"{letter}: {self.tr('Sources')}")
        in_column(
            self.head, self.name, wide(self.text, 3), wide(self.sources, 1),
            on=self, margins=(12, 10, 12, 10), spacing=4,
        )  # fmt: skip
        theme.changed.connect(self._draw)
        self.empty()

    def empty(self) -> None:
        self.message, self._written = None, ""
        self.reveal("")
        self._draw()

    def begin(self) -> None:
        """What was written so far counts for nothing."""
        self._written = ""
        self._draw()

    def write(self, piece: str) -> None:
        self._written += piece
        self._draw()

    def show_answer(self, message: Message) -> None:
        self.message = message
        self._draw()

    def reveal(self, name: str) -> None:
        """Whose answer it is, "" as long as nobody is to know."""
        self.name.say(name)
        self.name.setVisible(bool(name))

    def _draw(self) -> None:
        document = AnswerDocument(self._theme.colors)
        message = self.message
        if message is None:
            document.show_answer(self._written, (), writing=True)
        else:
            document.show_answer(self._words.answer(message), message.citations)
        document.setParent(self.text)
        self.text.setDocument(document)
        self._tell(self._words.cited(message) if message else "")

    def _tell(self, text: str) -> None:
        self.sources.setPlainText(text)
        self.sources.setVisible(bool(text))

    def _open(self, link: QUrl) -> None:
        """Links of an answer's document are citations and nothing else."""
        if self.message is not None:
            number, place = link.path().split(":")
            self._tell(self._words.quotation(self.message, int(number), int(place)))
