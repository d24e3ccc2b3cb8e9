"""A question to the base and to the adapter: both answers side by side, stored nowhere."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.chat.conversation import AnswerState, Message
from app.domain.models.adapters import Adapter
from app.services.chat.adapter_compare import Both
from app.services.jobs import Job
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.result.answer_box import AnswerBox
from app.ui.training.services import TrainingServices
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating


class AskBoth(Retranslating, QWidget):
    """On `answers`, after an answer that is being written."""

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._services, self._words = services, words
        self._adapter: Adapter | None = None
        self._strength: Callable[[], float] = lambda: 1.0
        self._job: Job | None = None
        self._shown: tuple[Both | None, float] = (None, 1.0)
        self._title, self._doing = label("strong"), label("small", wrap=True)
        self.question = QLineEdit()
        self.question.returnPressed.connect(self._asked)
        self.question.textChanged.connect(lambda _: self._allow())
        self.ask = button("", self._asked)
        self.base, self.adapted = AnswerBox(theme), AnswerBox(theme, accent=True)
        self._checked = label("small"), label("small")
        self._answers = QWidget()
        self._build()
        self._retranslate()

    def _build(self) -> None:
        line = in_row(wide(self.question), self.ask, spacing=8)
        boxes = in_row(on=self._answers, margins=(0, 4, 0, 0), spacing=14)
        for box, told in zip((self.base, self.adapted), self._checked, strict=True):
            side = in_column(wide(box), told, spacing=4)
            boxes.addLayout(side, 1)
        in_column(self._title, line, self._doing, self._answers, on=self, margins=0, spacing=6)
        self._answers.hide()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Ask both"))
        self.question.setPlaceholderText(self.tr("A question to your documents"))
        self.question.setAccessibleName(self.tr("A question for the base and for the adapter"))
        self._show()
        self._allow()

    def show_adapter(self, adapter: Adapter, strength: Callable[[], float]) -> None:
        """`strength` gives how strongly it is to speak when it is asked."""
        if self._adapter is None or self._adapter.id != adapter.id:
            self._stop()
            self._shown = (None, 1.0)
            self._show()
        self._adapter, self._strength = adapter, strength
        self._allow()

    def _allow(self) -> None:
        busy = self._job is not None
        self.ask.setText(self.tr("Stop") if busy else self.tr("Ask both…"))
        self.ask.setToolTip(
            self.tr("The same passages and temperature 0 for both; nothing is stored")
        )
        self.ask.setEnabled(busy or bool(self.question.text().strip()))
        self.question.setEnabled(not busy)
        waiting = self._shown[0] is None
        base, adapted = self.tr("The base is answering…"), self.tr("The adapter is answering…")
        self._doing.setText((base if waiting else adapted) if busy else "")
        self._doing.setVisible(busy)

    def _asked(self) -> None:
        if self._job is not None:
            self._stop()
            return
        adapter, question = self._adapter, self.question.text().strip()
        if adapter is None or not question:
            return
        strength, compare = self._strength(), self._services.compare
        self._shown = (None, strength)
        self._job = job = self._services.answers.begin(
            self,
            lambda job: compare.ask(question, adapter.id, strength, job),
            progress=lambda both: self._answered(job, both),
            ended=lambda: self._end(job),
            done=lambda both: self._answered(job, both),
        )
        self._show()
        self._allow()

    def _stop(self) -> None:
        """What was being written is dropped; what comes of it later is not listened to."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._allow()

    def _answered(self, job: Job, both: object) -> None:
        if not job.cancelled and isinstance(both, Both):
            self._shown = (both, self._shown[1])
            self._show()
            self._allow()

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._allow()

    def _show(self) -> None:
        both, strength = self._shown
        self._answers.setVisible(both is not None)
        if both is None:
            return
        told = filled(self.tr("With the adapter, strength %1"), self._words.number(strength, 1))
        self.base.say(self.tr("Base"), self._text(both.base))
        self.adapted.say(told, self._text(both.adapted) if both.adapted else "…")
        for place, message in zip(self._checked, (both.base, both.adapted), strict=True):
            place.setText(self._citations(message) if message else "")

    def _text(self, message: Message) -> str:
        if message.text or message.state != AnswerState.ABSTAINED:
            return message.text
        return self.tr("Not in the documents.")

    def _citations(self, message: Message) -> str:
        """How many hold, of those that the model wrote itself."""
        own = [citation for citation in message.citations if not citation.added]
        if not own:
            return self.tr("No citations")
        held = sum(citation.supported for citation in own)
        return filled(
            self.tr("%1 of %n citation(s) supported by their passage", "", len(own)), held
        )
