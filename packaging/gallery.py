"""Every shared widget in every state on one page, to be looked at: drawn by contact_sheet.py."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, QPointF, Qt  # noqa: E402
from PySide6.QtGui import QMouseEvent  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.assistants.fields import SteadyComboBox  # noqa: E402
from app.ui.theme import Theme  # noqa: E402
from app.ui.widgets.controls import Bar, IconButton, button, frame, invite, label  # noqa: E402
from app.ui.widgets.elided import Elided, ElidedButton  # noqa: E402
from app.ui.widgets.layouts import in_column, in_row, wide  # noqa: E402
from app.ui.widgets.lines import Lines  # noqa: E402
from app.ui.widgets.number import NumberField, WholeField  # noqa: E402
from app.ui.widgets.switch import Switch  # noqa: E402
from app.ui.widgets.ticked import TickedList  # noqa: E402
from app.ui.widgets.toast import Toast  # noqa: E402

STATES = ("as it is", "hover", "focus", "pressed", "chosen", "disabled", "long", "empty")
BUTTONS = (
    "", "primary", "final", "link", "chip", "quiet", "status", "segment", "step", "option",
    "toggle", "small", "cite",
)  # fmt: skip
LABELS = (
    "", "title", "strong", "muted", "small", "section", "danger", "count", "figure", "heading",
    "notice", "good", "bad", "code", "key",
)  # fmt: skip
FRAMES = ("card", "hollow", "banner", "problem", "panel", "sidebar")
_WORDS, _LONG = "Search", "Search all documents of the department"
#: What no page has.
_NEVER = {("icon primary", "chosen")}
_WIDTH, _FIELD, _LIST_WIDTH, _LIST_HEIGHT, _TOASTS = 1600, 150, 260, 96, 150
#: Says a text: as it is, or longer.
Say = Callable[[str], str]


class Gallery(QWidget):
    """`say` is asked for each text. Once it is shown and active, `show_states` puts everything in
    its state."""

    def __init__(self, theme: Theme, say: Say = str) -> None:
        super().__init__()
        self._theme, self._say = theme, say
        self.states: list[tuple[QWidget, str]] = []
        #: Has the focus, and what is drawn with a focus lends it.
        self._focused = QLineEdit()
        self._focused.setProperty("kind", "bare")
        self._focused.setFixedHeight(2)
        self.setObjectName("content")
        in_column(
            self._named("Buttons and fields", self._grid()),
            in_row(
                self._named("Labels", self._labels()), wide(self._named("Cards", self._cards())),
                spacing=24,
            ),
            self._named("Lists", self._lists()),
            self._named("Bars", in_row(*self._bars(), spacing=12)),
            self._toasts(), self._focused,
            on=self, margins=24, spacing=16,
        )  # fmt: skip

    def show_states(self) -> None:
        if (layout := self.layout()) is not None:
            width = max(_WIDTH, layout.minimumSize().width())
            self.setFixedSize(width, layout.totalHeightForWidth(width))
        self._focused.setFocus()
        self.toasts[0].say(self._say("“Handbook” was deleted."), lambda: None)
        self.toasts[1].say(self._say(f"{_LONG}: the way that everybody takes. {_LONG}."))
        for part, state in self.states:
            if state == "hover":
                _point_at(part)
            elif state == "focus":
                part.setFocusProxy(self._focused)
            elif state == "disabled":
                part.setEnabled(False)
            elif isinstance(part, QAbstractButton):
                part.setDown(state == "pressed")
                part.setCheckable(part.isCheckable() or state == "chosen")
                part.setChecked(state == "chosen")

    def _named(self, name: str, shown: QWidget | QLayout) -> QVBoxLayout:
        return in_column(label("section", self._say(name)), shown, spacing=8)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, state in enumerate(STATES):
            grid.addWidget(label("muted", self._say(state)), 0, place + 1)
        for row, (name, make) in enumerate(self._kinds(), 1):
            grid.addWidget(label("small", name), row, 0)
            for place, state in enumerate(STATES):
                if (name, state) in _NEVER:
                    continue
                words = {"long": _LONG, "empty": ""}.get(state, _WORDS)
                if (part := make(self._say(words) if words else "")) is not None:
                    self.states.append((part, state))
                    grid.addWidget(part, row, place + 1)
        return grid

    def _kinds(self) -> Iterator[tuple[str, Callable[[str], QWidget | None]]]:
        """Names, and what makes the widget with some words; None where it is nothing without."""

        def pushed(kind: str) -> Callable[[str], QWidget | None]:
            return lambda words: button(kind, lambda: None, words) if words else None

        for kind in BUTTONS:
            yield f"button {kind}", pushed(kind)
        for kind in ("", "framed", "rail", "primary"):
            yield f"icon {kind}", partial(self._icon, kind)
        yield "elided button", ElidedButton
        yield "switch", self._switch
        yield "line", partial(self._line, "")
        yield "search line", partial(self._line, "search")
        yield "text", self._text
        yield "choice", self._choice
        yield "number", lambda words: WholeField() if words == self._say(_WORDS) else None
        yield "fraction", lambda words: NumberField() if words == self._say(_WORDS) else None

    def _icon(self, kind: str, words: str) -> QWidget | None:
        if words != self._say(_WORDS):
            return None
        color = "on_accent" if kind == "primary" else "muted"
        made = IconButton(self._theme, "plus", lambda: None, color=color)
        made.setProperty("kind", kind)
        made.setFixedSize(34, 34)
        made.say(words)
        return made

    def _switch(self, words: str) -> QWidget:
        made = Switch(self._theme)
        made.setText(words)
        made.setMinimumWidth(made.sizeHint().width())
        return made

    def _line(self, kind: str, words: str) -> QWidget:
        made = QLineEdit(words)
        made.setProperty("kind", kind)
        made.setCursorPosition(0)
        made.setFixedWidth(_FIELD)
        made.setClearButtonEnabled(kind == "search")
        invite(made, self._say("Find a setting"))
        return made

    def _text(self, words: str) -> QWidget:
        made = QPlainTextEdit(words)
        made.setFixedSize(_FIELD, 60)
        invite(made, self._say("Say it in your words"))
        return made

    def _choice(self, words: str) -> QWidget:
        made = SteadyComboBox(self._theme)
        made.give_way()
        made.addItems([words] if words else [])
        made.setFixedWidth(_FIELD)
        return made

    def _labels(self) -> QGridLayout:
        grid = QGridLayout()
        for row, kind in enumerate(LABELS):
            grid.addWidget(label("small", f"label {kind}"), row, 0)
            grid.addWidget(label(kind, self._say(_WORDS)), row, 1)
            grid.addWidget(label(kind, self._say(_LONG), wrap=True), row, 2)
        elided = Elided("strong")
        elided.say(self._say(_LONG))
        elided.setFixedWidth(_FIELD)
        grid.addWidget(label("small", "elided"), len(LABELS), 0)
        grid.addWidget(elided, len(LABELS), 1)
        return grid

    def _cards(self) -> QWidget:
        cards = QWidget()
        column = in_column(on=cards, margins=0, spacing=12)
        for name in FRAMES:
            card = frame(name)
            told = label("", self._say(_LONG), wrap=True)
            act = button("", lambda: None, self._say(_WORDS))
            in_row(label("small", name), wide(told), act, on=card, margins=14, spacing=12)
            column.addWidget(card)
        column.addStretch()
        return cards

    def _lists(self) -> QWidget:
        lists, filled, empty = QWidget(), Lines(self._theme), Lines(self._theme)
        filled.add(self._say("Employee handbook"), self._say(_LONG), 1)
        filled.add("", self._say(_LONG), 2, depth=1)
        empty.say(self._say("Nothing was found."))
        ticks, unticked = TickedList(), TickedList()
        ticks.offer([("1", self._say("Contracts"), True), ("2", self._say("Manuals"), False)])
        for each in (filled, empty, ticks, unticked):
            each.setFixedSize(_LIST_WIDTH, _LIST_HEIGHT)
        in_row(filled, empty, ticks, unticked, on=lists, margins=0, spacing=12).addStretch()
        return lists

    def _bars(self) -> Iterator[QWidget]:
        for value in (0, 50, 100):
            made = Bar()
            made.setRange(0, 100)
            made.setValue(value)
            yield made
        waiting = Bar()
        waiting.setRange(0, 0)
        yield waiting

    def _toasts(self) -> QWidget:
        """One that takes an act back, one with more words than a line holds."""
        row = QWidget()
        over = [frame("hollow"), frame("hollow")]
        for each in over:
            each.setFixedHeight(_TOASTS)
        in_row(*(wide(each) for each in over), on=row, margins=0, spacing=12)
        self.toasts = [Toast(each) for each in over]
        return row


def _point_at(part: QWidget) -> None:
    """As if the pointer stood over it."""
    part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    at, none = QPointF(part.rect().center()), Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, at, part.mapToGlobal(at), none, none, keys)
    QApplication.sendEvent(part, moved)
