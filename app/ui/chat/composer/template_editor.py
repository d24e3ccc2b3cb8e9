"""One template: its name, its text, whose it is."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.domain.chat.templates import Template
from app.ui.widgets.controls import forbid_if, invite, label, say_or_hide
from app.ui.widgets.layouts import in_column, wide


class TemplateEditor(QWidget):
    """`changed` by the user."""

    changed = Signal()

    def __init__(self, may_share: bool) -> None:
        super().__init__()
        self._may_share = may_share
        self.template = Template("", "", "")
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.own, self.shared = QRadioButton(), QRadioButton()
        self._about, self._whose, self._told = (
            label("small", wrap=True),
            label("small", wrap=True),
            label("danger", wrap=True),
        )
        self._say_texts()
        whose = QButtonGroup(self)
        row = QHBoxLayout()
        for choice in (self.own, self.shared):
            whose.addButton(choice)
            row.addWidget(choice)
        row.addStretch()
        in_column(
            self.name, wide(self.text), self._about, row, self._whose, self._told, on=self,
            margins=0, spacing=8,
        )  # fmt: skip
        self.name.textChanged.connect(self._notice)
        self.text.textChanged.connect(self._notice)
        self.shared.toggled.connect(self._notice)
        self.show_template(self.template)

    def _say_texts(self) -> None:
        invite(self.name, self.tr("Name"))
        self.text.setPlaceholderText(self.tr("What do the documents say about {{subject}}?"))
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setTabChangesFocus(True)
        self.own.setText(self.tr("Only mine"))
        self.shared.setText(self.tr("Shared with everybody"))
        self._about.setText(
            self.tr(
                "{{subject}} is a field to be filled in when asking; {{subject: leave}} says "
                "“leave” until then. The Tab key goes from field to field."
            )
        )
        self._whose.setText(self.tr("Only editors and administrators change shared templates."))

    def show_template(self, template: Template) -> None:
        """As it is stored; a new one has no id."""
        self.template = template
        for part in (self.name, self.text, self.shared, self.own):
            part.blockSignals(True)
        self.name.setText(template.name)
        self.text.setPlainText(template.text)
        self.shared.setChecked(template.shared)
        self.own.setChecked(not template.shared)
        for part in (self.name, self.text, self.shared, self.own):
            part.blockSignals(False)
        for field in (self.name, self.text):
            field.setReadOnly(not self.may_change)
            field.setAccessibleDescription(self.denied)
        forbid_if("" if self._may_share else self._whose.text(), self.own, self.shared)
        self._whose.setVisible(not self._may_share)
        self.say("")

    @property
    def may_change(self) -> bool:
        return self._may_share or not self.template.shared

    @property
    def denied(self) -> str:
        """Why the shown one may not be changed, "" where it may."""
        return "" if self.may_change else self._whose.text()

    @property
    def written(self) -> Template:
        """What stands there now."""
        return replace(
            self.template,
            name=" ".join(self.name.text().split()),
            text=self.text.toPlainText().strip(),
            shared=self.shared.isChecked(),
        )

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what is stored; a new one does when anything was written."""
        if not self.template.id:
            return bool(self.written.name or self.written.text)
        return self.written != self.template

    def say(self, why: str) -> None:
        """Why it cannot be stored, "" for nothing."""
        say_or_hide(self._told, why)

    def _notice(self) -> None:
        self.say("")
        self.changed.emit()
