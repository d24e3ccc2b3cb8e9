"""The first question: some that the sample library answers, or one of the user's own."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.ui.first_run.services import FirstRunServices
from app.ui.first_run.step import Step
from app.ui.language import Language
from app.ui.widgets.controls import button, invite, label, show_if


class QuestionStep(Step):
    """Asks in a conversation of its own, which ends the first start."""

    def __init__(self, services: FirstRunServices, language: Language) -> None:
        super().__init__()
        self._services, self._language = services, language
        self._sampled = False
        self.field = QLineEdit()
        self.field.setMinimumHeight(44)
        self.field.returnPressed.connect(self._ask_own)
        self.field.textChanged.connect(lambda _: self.changed.emit())
        self._try = label("small")
        self.chips: list[QPushButton] = []
        self.hold(self.field, 6, self._try)
        for question in services.samples.questions:
            chip = button("choice", partial(services.ask, question), question)
            self.chips.append(chip)
            self.hold(chip)
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Ask your first question"),
            self.tr(
                "The sentence that answers comes at once, with its document; the model then puts "
                "it into words. Every answer shows what it rests on."
            ),
        )
        invite(self.field, self.tr("Your question"))
        self._try.setText(self.tr("Or one of these:"))
        show_if(self._sampled and bool(self.chips), self._try, *self.chips)
        self.changed.emit()

    def offer_samples(self, sampled: bool) -> None:
        """Whether the sample library is there to be asked about."""
        self._sampled = sampled
        self._retranslate()

    @property
    def ready(self) -> bool:
        return bool(self.field.text().strip())

    @property
    def act(self) -> str:
        return self.tr("Ask")

    def begin(self) -> None:
        self.field.setFocus()

    def end(self) -> bool:
        self._ask_own()
        return False

    def _ask_own(self) -> None:
        if question := self.field.text().strip():
            self._services.ask(question)
