"""One assistant as a form, beside the cards."""

from dataclasses import replace

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.chat.assistants import HOTTEST, AnswerLanguage, Assistant, Tone
from app.ui.assistants.adapters_field import AdapterField
from app.ui.assistants.fields import Amount, CollectionsField, SteadyComboBox
from app.ui.assistants.icons import IconGrid, icon_of
from app.ui.assistants.overview import AssistantsOverview
from app.ui.assistants.variables_field import VariablesField
from app.ui.assistants.words import AssistantWords
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame, label, say
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.switch import Switch

_WIDTH, _INSTRUCTION_HEIGHT = 416, 132
_LONGEST_NAME = 60


class AssistantEditor(Retranslating, QFrame):
    """`saved` gives the assistant as it was filled in, `left` when it is to close, `looked_back`
    the stored one whose versions are wanted."""

    saved, left, looked_back = Signal(object), Signal(), Signal(object)

    def __init__(self, words: AssistantWords, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self._words, self._theme = words, theme
        self._overview = AssistantsOverview()
        self._begun = self._shown = Assistant("", "")
        self._fields()
        self._build()
        QShortcut(
            QKeySequence("Esc"), self, self.left.emit,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip
        self._retranslate()

    def _fields(self) -> None:
        language = self._words.language
        self._title, self.problem = label("title"), label("danger", wrap=True)
        self.name, self.icons = QLineEdit(), IconGrid(self._theme)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.textEdited.connect(self.problem.hide)
        self.instruction = QPlainTextEdit()
        self.instruction.setTabChangesFocus(True)
        self.instruction.setFixedHeight(_INSTRUCTION_HEIGHT)
        self.variables = VariablesField()
        self.instruction.textChanged.connect(
            lambda: self.variables.follow(self.instruction.toPlainText())
        )
        self.tone, self.length = SteadyComboBox(self._theme), SteadyComboBox(self._theme)
        self.spoken, self.model = SteadyComboBox(self._theme), SteadyComboBox(self._theme)
        for choice in (self.tone, self.length, self.spoken, self.model):
            choice.give_way()
        self.temperature = Amount(HOTTEST, language)
        self.collections, self.adapters = CollectionsField(), AdapterField(self._theme, language)
        self.remembers, self.strict = Switch(self._theme), Switch(self._theme)
        self.save = button("primary", self._save)
        self.cancel = button("", self.left.emit)
        self.versions = button("link", lambda: self.looked_back.emit(self._begun))

    def _build(self) -> None:
        self._labels: dict[QWidget, QLabel] = {}
        form = Scroll(QMargins(20, 18, 20, 16), 14)
        form.column.addWidget(self._title)
        for field in (
            self.name, self.icons, self.instruction, self.tone, self.length, self.spoken,
            self.model,
        ):  # fmt: skip
            form.column.addLayout(self._named(field))
        form.column.addWidget(self.temperature)
        form.column.addLayout(self._named(self.collections))
        form.column.addLayout(self._named(self.adapters))
        form.column.addWidget(self.strict)
        form.column.addWidget(self.remembers)
        form.column.addStretch()
        line = frame("line")
        line.setFixedHeight(1)
        acts = in_row(
            self.save, self.cancel, STRETCH, self.versions, margins=(20, 12, 20, 12), spacing=8
        )
        in_column(wide(form), line, acts, on=self, margins=0, spacing=0)

    def _named(self, field: QWidget) -> QVBoxLayout:
        self._labels[field] = label("strong")
        column = in_column(self._labels[field], field, spacing=6)
        if field is self.name:
            column.addWidget(self.problem)
        elif field is self.instruction:
            column.addWidget(self.variables)
        return column

    def _retranslate(self) -> None:
        for field, text in (
            (self.name, self.tr("Name")),
            (self.icons, self.tr("Icon")),
            (self.instruction, self.tr("Instruction")),
            (self.tone, self.tr("Tone")),
            (self.length, self.tr("Length of an answer")),
            (self.spoken, self.tr("Language of answers")),
            (self.model, self.tr("Model")),
            (self.collections, self.tr("Collections")),
            (self.adapters, self.tr("Adapters")),
        ):
            self._labels[field].setText(text)
            field.setAccessibleName(text)
        self.collections.list.setAccessibleName(self.tr("Collections"))
        self.name.setPlaceholderText(self.tr("For example, HR questions"))
        self.instruction.setPlaceholderText(
            self.tr(
                "What the assistant is for and how it answers. For example: Answer as the "
                "accounts department does. Name the document and its number; put deadlines first."
            )
        )
        self.strict.setText(self.tr("Only what documents confirm"))
        self.strict.setToolTip(
            self.tr("What no passage confirms is not shown; the passages themselves are.")
        )
        self.remembers.setText(self.tr("Uses what earlier conversations say"))
        self.remembers.setToolTip(
            self.tr("Summaries and notes of whoever asks, as sources after documents.")
        )
        self.temperature.say(
            self.tr("Freedom of wording"),
            self.tr("Exact"),
            self.tr("Free"),
            self.tr("Exact keeps close to the passages; free varies the words (temperature)."),
        )
        self.save.setText(self.tr("Save"))
        say(self.cancel, self.tr("Cancel"), self.tr("Close without saving (Esc)"))
        say(self.versions, self.tr("Versions…"), self.tr("What it was before, to go back to"))
        self._name_choices(self.assistant)

    def _name_choices(self, now: Assistant) -> None:
        self._title.setText(
            self.tr("Change the assistant") if self._begun.id else self.tr("New assistant")
        )
        self.tone.clear()
        for tone, name in self._words.tones().items():
            self.tone.addItem(name, tone.value)
        self.tone.choose(now.tone.value)
        self.spoken.clear()
        for language, name in self._words.languages().items():
            self.spoken.addItem(name, language.value)
        self.spoken.choose(now.language.value)
        self.model.clear()
        self.model.addItem(self.tr("The one in use"), "")
        for name in dict.fromkeys(filter(None, (*self._overview.models, now.model))):
            self.model.addItem(name, name)
        self.model.choose(now.model)
        lengths = dict(self._words.lengths())
        lengths.setdefault(now.max_tokens, self._words.length(now.max_tokens))
        self.length.clear()
        for tokens, name in sorted(lengths.items()):
            self.length.addItem(name, tokens)
        self.length.choose(now.max_tokens)

    def edit(self, assistant: Assistant, overview: AssistantsOverview) -> None:
        """Show one; a new one has no id yet."""
        self._begun, self._overview = assistant, overview
        self.problem.hide()
        self.versions.setVisible(bool(assistant.id))
        self.name.setText(assistant.name)
        self.icons.choose(icon_of(assistant))
        others = [value for each in overview.assistants for value in each.variables]
        self.variables.offer(assistant.variables, others)
        self.instruction.setPlainText(assistant.instruction)
        self.variables.follow(assistant.instruction)
        self._name_choices(assistant)
        self.temperature.set_value(assistant.temperature)
        self.remembers.setChecked(assistant.remembers)
        self.strict.setChecked(assistant.strict)
        self.collections.offer(overview, assistant.collections)
        self.adapters.offer(overview, assistant.adapters)
        self._shown = self.assistant
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    @property
    def assistant(self) -> Assistant:
        """As it is filled in now."""
        if self.length.currentData() is None:
            return self._begun
        return replace(
            self._begun,
            name=" ".join(self.name.text().split()),
            icon=self.icons.icon,
            instruction=self.instruction.toPlainText().strip(),
            tone=Tone(self.tone.currentData()),
            temperature=self.temperature.value,
            max_tokens=self.length.currentData(),
            collections=self.collections.chosen,
            adapters=self.adapters.chosen,
            remembers=self.remembers.isChecked(),
            language=AnswerLanguage(self.spoken.currentData()),
            model=self.model.currentData(),
            strict=self.strict.isChecked(),
            variables=self.variables.variables,
        )

    @property
    def is_changed(self) -> bool:
        """Whether closing would lose something."""
        return self.assistant != self._shown

    def show_problem(self, text: str) -> None:
        """Beside the name."""
        self.problem.setText(text)
        self.problem.show()
        self.name.setFocus()

    def _save(self) -> None:
        if not self.name.text().strip():
            self.show_problem(self.tr("Give the assistant a name."))
        elif self.variables.is_whole():
            self.saved.emit(self.assistant)
