"""Finds texts that have less room than they take, and parts that cover each other or stick out."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QWidget,
)

from app.ui.chat.transcript.spoken.spot import SpokenLine, SpotButton
from app.ui.widgets.elided import Elided, ElidedButton

#: What shortens its text on purpose, or paints none.
_FREE = (Elided, ElidedButton, SpokenLine, SpotButton)
_PUSH, _COMBO, _LINE = (
    QStyle.SubElement.SE_PushButtonContents,
    QStyle.SubControl.SC_ComboBoxEditField,
    QStyle.SubElement.SE_LineEditContents,
)


def problems(root: QWidget) -> list[str]:
    """Everything that is wrong below a widget that is shown, a line each."""
    parts = [part for part in root.findChildren(QWidget) if part.isVisibleTo(root)]
    return [
        *(f"cut: {_said(part)}" for part in parts if _is_cut(part)),
        *(line for part in (root, *parts) for line in _misplaced(part)),
    ]


def _said(part: QWidget) -> str:
    """Class, words and the class of what it stands in."""
    words = next((getattr(part, name)() for name in ("text", "currentText") if hasattr(part, name)),
                 part.objectName())  # fmt: skip
    if isinstance(part, QLineEdit):
        words = part.placeholderText()
    around = part.parentWidget()
    return f"{type(part).__name__} “{words}” in {type(around).__name__}"


def _is_cut(part: QWidget) -> bool:
    if isinstance(part, _FREE):
        return False
    if isinstance(part, QLabel):
        return bool(part.text()) and _is_label_cut(part)
    if isinstance(part, QComboBox):
        told = part.currentText()
        return told not in part.toolTip() and _width(part, told) > _combo_room(part)
    if isinstance(part, QLineEdit):
        told = part.placeholderText()  # Qt shortens it: the tooltip has to have the whole
        return told not in part.toolTip() and _width(part, told) > _line_room(part)
    if isinstance(part, QPushButton) and type(part).paintEvent is QPushButton.paintEvent:
        return bool(part.text()) and _button_need(part) > _button_room(part)
    if isinstance(part, QAbstractButton) and part.text():
        return part.sizeHint().width() > part.width() and not part.icon().isNull()
    return False


def _is_label_cut(part: QLabel) -> bool:
    if not part.wordWrap():
        return part.sizeHint().width() > part.width() or part.sizeHint().height() > part.height()
    longest = max((_width(part, word) for word in _words(part.text())), default=0)
    return longest > part.width() or part.heightForWidth(part.width()) > part.height()


def _words(text: str) -> list[str]:
    """What cannot be broken."""
    return text.replace("\u200b", " ").split()


def _width(part: QWidget, text: str) -> int:
    return QFontMetrics(part.font()).size(int(Qt.TextFlag.TextShowMnemonic), text).width()


def _button_need(part: QPushButton) -> int:
    icon = 0 if part.icon().isNull() else part.iconSize().width() + 4
    return _width(part, part.text()) + icon


def _button_room(part: QPushButton) -> int:
    option = QStyleOptionButton()
    part.initStyleOption(option)
    return part.style().subElementRect(_PUSH, option, part).width()


def _combo_room(part: QComboBox) -> int:
    option = QStyleOptionComboBox()
    part.initStyleOption(option)
    kind = QStyle.ComplexControl.CC_ComboBox
    return part.style().subControlRect(kind, option, _COMBO, part).width()


def _line_room(part: QLineEdit) -> int:
    option = QStyleOptionFrame()
    part.initStyleOption(option)
    margins = part.textMargins()
    room = part.style().subElementRect(_LINE, option, part).width()
    return room - margins.left() - margins.right() - 4  # as QLineEdit keeps for its cursor


def _misplaced(around: QWidget) -> Iterator[str]:
    if isinstance(around, QScrollArea):
        inside, off = around.widget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        fixed = around.horizontalScrollBarPolicy() == off
        if inside and fixed and inside.width() > around.viewport().width():
            yield f"wider than its scroll area: {_said(inside)} in {_said(around)}"
    layout = around.layout()
    if layout is None:
        return
    placed = [part for part in _held(layout) if part.isVisible() and not part.size().isEmpty()]
    for part in placed:
        if not around.rect().contains(part.geometry()):
            yield f"outside: {_said(part)}"
    for first, second in combinations(placed, 2):
        if first.geometry().intersects(second.geometry()):
            yield f"covered: {_said(first)} by {_said(second)}"


def _held(layout: QLayout) -> Iterator[QWidget]:
    """What a layout places, and those in it."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (below := item.layout()) is not None:
            yield from _held(below)


class Longer(QTranslator):
    """Every text two fifths longer than `words` say it: as other languages would."""

    def __init__(self, words: QTranslator) -> None:
        super().__init__()
        self._words = words

    def install(self) -> None:
        QCoreApplication.installTranslator(self)

    def remove(self) -> None:
        QCoreApplication.removeTranslator(self)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, comment: str | None = None, n: int = -1
    ) -> str:  # fmt: skip
        said = self._words.translate(context, text, comment, n) or text
        return said + _more(said) if any(sign.isalpha() for sign in said) else said


def _more(said: str) -> str:
    """Further letters: to the word itself, or further words where there are several."""
    count = round(len(said) * 0.4)
    if " " not in said.strip():
        return "n" * count
    return "".join(" " if place % 7 == 0 else "n" for place in range(count))
