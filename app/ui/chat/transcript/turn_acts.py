"""What a user does with a turn: copy, judge, correct, ask otherwise, quote, delete."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.domain.chat.branches import RemovedTurns
from app.domain.chat.conversation import Feedback, Message, SentPrompt, Speaker
from app.ui.chat.controller import ConversationController
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.sent_prompt import show_prompt
from app.ui.chat.transcript.answer_document import AnswerDocument
from app.ui.chat.transcript.answer_entry import is_unfinished
from app.ui.chat.transcript.correction import ask_correction
from app.ui.chat.transcript.spoken.spot import SpotButton
from app.ui.chat.transcript.spoken.turn import TurnPart
from app.ui.chat.words import AnswerWords
from app.ui.theme import Theme


class TurnActs(QObject):
    """`edited` gives a question that is to be asked otherwise, `quoted` a text for the next one,
    `removed` what can be put back, `exported` an answer."""

    edited, quoted, removed, exported = Signal(object), Signal(str), Signal(object), Signal(object)

    def __init__(
        self,
        services: ChatServices,
        controller: ConversationController,
        words: AnswerWords,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._conversations, self._sets = services.conversations, services.sets
        self._reading, self._controller = services.reading, controller
        self._words, self._theme, self._window = words, theme, window

    def act(self, name: str, message: Message) -> None:
        """Do what an icon below a turn stands for."""
        acts: dict[str, Callable[[Message], object]] = {
            "copy": self._copy,
            "up": partial(self._judge, feedback=Feedback.UP),
            "down": self._correct,
            "again": self._controller.answer_again,
            "go-on": self._controller.go_on,
            "enough": lambda _: self._controller.stop(),
            "anyway": self._controller.answer_anyway,
            "read-all": self._controller.answer_anyway,
            "look-up": self._controller.answer_as_look_up,
            "quote": self._quote,
            "edit": self.edited.emit,
            "delete": self._remove,
            "before": partial(self._step, by=-1),
            "after": partial(self._step, by=1),
            "more": self._more,
        }
        acts[name](message)

    def menu(self, message: Message) -> QMenu:
        """All that can be done with a turn, for the keyboard too."""
        menu = QMenu(self._window)
        if message.speaker == Speaker.USER:
            for act in ("copy", "edit", "delete"):
                menu.addAction(self._words.act(act), partial(self.act, act, message))
            return menu
        menu.addAction(self.tr("Copy as Markdown"), partial(self._copy, message))
        menu.addAction(self.tr("Copy as plain text"), partial(self._copy_plain, message))
        menu.addAction(self.tr("Export this answer…"), lambda: self.exported.emit(message))
        menu.addSeparator()
        for act in ("up", "down", "quote", "again", *(["go-on"] if is_unfinished(message) else [])):
            menu.addAction(self._words.act(act), partial(self.act, act, message))
        menu.addAction(self.tr("What was sent to the model…"), partial(self._replay, message))
        menu.addSeparator()
        menu.addAction(self._words.act("delete"), partial(self._remove, message))
        return menu

    def _more(self, message: Message) -> None:
        """Beside what the keyboard has chosen, else at the pointer."""
        focus = QApplication.focusWidget()
        by_key = isinstance(focus, SpotButton | TurnPart)
        at = focus.mapToGlobal(focus.rect().bottomLeft()) if focus and by_key else QCursor.pos()
        self.menu(message).popup(at)

    def _copy(self, message: Message) -> None:
        QGuiApplication.clipboard().setText(self._words.copied(message))

    def _copy_plain(self, message: Message) -> None:
        shown = AnswerDocument(self._theme.colors)
        shown.show_answer(self._words.marked(message), ())
        QGuiApplication.clipboard().setText(self._words.copied_plain(message, shown.plain()))

    def _judge(self, message: Message, feedback: Feedback) -> None:
        """The same judgement again takes it back."""
        kept = Feedback.NONE if message.feedback == feedback else feedback
        self._keep(message, kept, message.correction)

    def _correct(self, message: Message) -> None:
        if message.feedback == Feedback.DOWN and not message.correction:
            self._keep(message, Feedback.NONE, "")
            return
        correction = ask_correction(self._window, message)
        if correction is not None:
            self._keep(message, Feedback.DOWN, correction)

    def _keep(self, message: Message, feedback: Feedback, correction: str) -> None:
        question = self._controller.question_of(message)

        def work(_: object) -> None:
            self._conversations.judge(message.id, feedback, correction)
            if feedback == Feedback.UP and question:
                self._sets.like(question, message)
            else:
                self._sets.unlike(message.id)

        self._reading.begin(self, work, lambda _: self._controller.load([message.id]))

    def _quote(self, message: Message) -> None:
        chosen = self._controller.selected() or self._words.marked(message)
        self.quoted.emit("\n".join(f"> {line}" for line in chosen.splitlines()) + "\n\n")

    def _remove(self, message: Message) -> None:
        conversation = self._controller.conversation
        if conversation is None or self._controller.answering:
            return

        def gone(removed: RemovedTurns) -> None:
            self.removed.emit(removed)
            self._controller.reload()

        self._reading.begin(
            self, lambda _: self._conversations.remove_turn(conversation, message.id), gone
        )

    def _step(self, message: Message, by: int) -> None:
        conversation = self._controller.conversation
        if conversation is None or self._controller.answering:
            return
        self._reading.begin(
            self,
            lambda _: self._conversations.step(conversation, message.id, by),
            lambda _: self._controller.reload(),
        )

    def _replay(self, message: Message) -> None:
        def show(prompt: SentPrompt | None) -> None:
            show_prompt(self._window, prompt)

        self._reading.begin(self, lambda _: self._conversations.prompt(message.id), show)
