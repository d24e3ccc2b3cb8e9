"""Expected errors as a message; anything else as a dialog with facts that can be copied."""

import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app import __version__, log
from app.domain.errors import Cancelled, LaretsError
from app.services.reachable import explained
from app.services.wording import Wording
from app.ui.dialogs.outside import open_local
from app.ui.dialogs.questions import told
from app.ui.widgets.controls import button, label

_WIDTH, _FACTS_HEIGHT, _ICON = 640, 150, 40


def show_error(parent: QWidget | None, error: BaseException, wording: Wording) -> None:
    """Say what happened and what to do. `Cancelled` is silent; what was not expected is shown by a
    CrashDialog. Where the window of `parent` has a `data` folder that has gone, that is said."""
    if isinstance(error, Cancelled):
        return
    data = getattr(parent.window(), "data", None) if parent else None
    error = explained(error, data) if isinstance(data, Path) else error
    if not isinstance(error, LaretsError):
        CrashDialog(error, wording, parent).exec()
        return
    sentence = wording.of(error)
    told(parent, sentence.what, sentence.hint)


def facts(error: BaseException) -> str:
    """Versions, the classes of the error and of its causes, and places in the code; no values, no
    user text."""
    head = f"Larets {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([head, *log.described(error)])


class CrashDialog(QDialog):
    """A fault of the program: in words, with its facts folded away.

    A report can be saved where the window of `parent` has a method `save_report(parent)`."""

    def __init__(self, error: BaseException, wording: Wording, parent: QWidget | None) -> None:
        super().__init__(parent)
        sentence = wording.of(error)
        self.setWindowTitle("Larets")
        self.setFixedWidth(_WIDTH)
        self.what, self.why = label("strong", wrap=True), label(wrap=True)
        self.hint = label(wrap=True)
        self.what.setText(sentence.what)
        self.why.setText(
            self.tr("This is a fault in the program, not in what you did or in your documents.")
        )
        self.hint.setText(sentence.hint)
        self.unfold = button("link", self._unfold)
        self.unfold.setText(self.tr("Show the facts"))
        self.facts = QPlainTextEdit(facts(error))
        self.facts.setReadOnly(True)
        self.facts.setFixedHeight(_FACTS_HEIGHT)
        self.facts.setAccessibleName(self.tr("Facts about the fault"))
        self.facts.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        column.addLayout(self._told())
        column.addWidget(self.facts)
        column.addWidget(self._buttons())

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """As high as the wrapped words need: Qt asks them for that only afterwards."""
        if (layout := self.layout()) is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

    def _told(self) -> QHBoxLayout:
        """The icon and the words beside it."""
        icon = QLabel()
        warning = QStyle.StandardPixmap.SP_MessageBoxWarning
        icon.setPixmap(self.style().standardIcon(warning).pixmap(_ICON, _ICON))
        texts, row = QVBoxLayout(), QHBoxLayout()
        texts.setSpacing(8)
        for part in (self.what, self.why, self.hint):
            texts.addWidget(part)
        folded = QHBoxLayout()
        folded.addWidget(self.unfold)
        folded.addStretch()
        texts.addLayout(folded)
        texts.addStretch()
        row.setSpacing(16)
        column = QVBoxLayout()
        column.addWidget(icon)
        column.addStretch()
        row.addLayout(column)
        row.addLayout(texts, 1)
        return row

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.copy, self.log, self.save, self.close_button = (
            QPushButton(self.tr("Copy facts")),
            QPushButton(self.tr("Show log folder")),
            QPushButton(self.tr("Save report…")),
            QPushButton(self.tr("Close")),
        )
        for act in (self.copy, self.log, self.save):
            act.setAutoDefault(False)
            box.addButton(act, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.close_button.setProperty("kind", "primary")
        self.close_button.setDefault(True)
        self.copy.clicked.connect(self._copy)
        self.log.clicked.connect(_show_log_folder)
        self.log.setVisible(log.folder() is not None)
        saving = _saving(self.parentWidget())
        self.save.setVisible(saving is not None)
        if saving is not None:
            self.save.clicked.connect(lambda: saving(self))
        box.rejected.connect(self.reject)
        return box

    def _unfold(self) -> None:
        shown = self.facts.isHidden()
        self.facts.setVisible(shown)
        self.unfold.setText(self.tr("Hide the facts") if shown else self.tr("Show the facts"))
        self._fit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.facts.toPlainText())
        self.copy.setText(self.tr("Copied"))


def _saving(parent: QWidget | None) -> Callable[[QWidget], None] | None:
    """What the window of `parent` offers a report with; None where there is none."""
    return getattr(parent.window(), "save_report", None) if parent else None


def _show_log_folder() -> None:
    if folder := log.folder():
        open_local(folder)
