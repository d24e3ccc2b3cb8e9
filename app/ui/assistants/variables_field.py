"""The editor's field for what stands in the places of an instruction: a line for each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.chat import variables
from app.domain.chat.variables import LONGEST_VALUE, Variable
from app.ui.language import filled
from app.ui.widgets.controls import label, let_go, say_or_hide
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class VariablesField(Retranslating, QWidget):
    """A value that was given once is offered wherever its name stands again."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, QLineEdit] = {}
        self._rows: dict[str, QWidget] = {}
        self._known: dict[str, Variable] = {}
        self._told, self.problem = label("small", wrap=True), label("danger", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        in_column(self._told, self._column, self.problem, on=self, margins=0, spacing=6)
        self.problem.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self._told.setText(
            self.tr(
                "Words in braces are filled in: {user name} and {date} by the program, others, "
                "{company} for example, with what you write here."
            )
        )
        for name, line in self.lines.items():
            self._name(name, line)

    def offer(self, own: Sequence[Variable], elsewhere: Sequence[Variable]) -> None:
        """The values of the assistant, and those that others have."""
        self._known = {each.name.casefold(): each for each in (*elsewhere, *own) if each.value}
        self.problem.hide()
        for name in tuple(self.lines):
            self._forget(name)

    def follow(self, instruction: str) -> None:
        """A line for each place of it; what was written in one stays as long as its place does, and
        comes back with it."""
        self._known |= {each.name.casefold(): each for each in self.variables if each.value}
        wanted = variables.valued(instruction, tuple(self._known.values()))
        for gone in set(self.lines) - {each.name for each in wanted}:
            self._forget(gone)
        for place, each in enumerate(wanted):
            if each.name not in self.lines:
                self.lines[each.name] = line = QLineEdit(each.value)
                line.setMaxLength(LONGEST_VALUE)
                line.textEdited.connect(self.problem.hide)
                self._rows[each.name] = row = QWidget()
                in_column(label("small", f"{{{each.name}}}"), line, on=row, margins=0, spacing=2)
                self._column.insertWidget(place, row)
                self._name(each.name, line)

    def _forget(self, name: str) -> None:
        del self.lines[name]
        let_go(self._rows.pop(name))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """As they are filled in now."""
        return tuple(
            Variable(name, " ".join(line.text().split())) for name, line in self.lines.items()
        )

    def is_whole(self) -> bool:
        """Whether every place has a value; says which have none."""
        lacking = variables.lacking(self.variables)
        named = ", ".join(f"{{{each}}}" for each in lacking)
        told = filled(self.tr("Without a value: %1."), named)
        say_or_hide(self.problem, told if lacking else "")
        if lacking:
            self.lines[lacking[0]].setFocus()
        return not lacking

    def _name(self, name: str, line: QLineEdit) -> None:
        line.setAccessibleName(filled(self.tr("Value of %1"), f"{{{name}}}"))
