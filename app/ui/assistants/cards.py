"""A card an assistant: what it is for, how it speaks, and its acts; and what to do without any."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from app.domain.chat.assistants import Assistant, AssistantTemplate
from app.ui.assistants.icons import icon_of
from app.ui.assistants.overview import AssistantsOverview
from app.ui.assistants.words import AssistantWords
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, forbid_if, label, let_go, say
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import BOTTOM, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_TILE, _ICON = 40, 20
#: Templates that are shown at once; the button for a new one has all.
_OFFERED = 3
#: What an icon button has around its picture, so that the picture ends where the text does.
_ICON_EDGE = 6


@dataclass(frozen=True)
class AssistantCardActs:
    """Each gets the assistant."""

    begin: Callable[[Assistant], None]
    edit: Callable[[Assistant], None]
    test: Callable[[Assistant], None]
    duplicate: Callable[[Assistant], None]
    compare: Callable[[Assistant], None]
    export: Callable[[Assistant], None]
    archive: Callable[[Assistant], None]
    remove: Callable[[Assistant], None]


class AssistantCard(Retranslating, QFrame):
    def __init__(self, words: AssistantWords, acts: AssistantCardActs, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words, self._theme = words, theme
        self._overview, self.assistant = AssistantsOverview(), Assistant("", "")
        self.begin = button("", lambda: acts.begin(self.assistant))
        self.edit = IconButton(theme, "pencil", lambda: acts.edit(self.assistant))
        self.test = IconButton(theme, "flask-conical", lambda: acts.test(self.assistant))
        self.duplicate = IconButton(theme, "copy", lambda: acts.duplicate(self.assistant))
        self.remove = IconButton(theme, "trash-2", lambda: acts.remove(self.assistant))
        self.more = IconButton(theme, "ellipsis", self._offer)
        self._acts = acts
        self._tile, self._name = _tile(), Elided("strong")
        self._line, self._facts = Elided("muted"), Elided("small")
        self._build()
        theme.changed.connect(self._draw)

    def _build(self) -> None:
        head = in_row(
            wide(self._name),
            self.edit,
            self.test,
            self.duplicate,
            self.remove,
            self.more,
            spacing=0,
        )
        lines = in_column(self._line, self._facts, spacing=4)
        foot = in_row(
            wide(lines), aligned(self.begin, BOTTOM), margins=(0, 0, _ICON_EDGE, 0), spacing=12
        )
        texts = in_column(head, foot, spacing=4)
        in_row(self._tile, wide(texts), on=self, margins=(16, 8, 16 - _ICON_EDGE, 12), spacing=14)

    def _retranslate(self) -> None:
        self.show_assistant(self.assistant, self._overview)

    def show_assistant(self, assistant: Assistant, overview: AssistantsOverview) -> None:
        self.assistant, self._overview = assistant, overview
        self.setAccessibleName(assistant.name)
        self._name.say(assistant.name)
        self._line.say(self._words.first_line(assistant), assistant.instruction)
        self._facts.say(self._words.facts(assistant, overview))
        say(self.begin, self.tr("Ask"), self.tr("Start a conversation with this assistant"))
        self.begin.setAccessibleName(self._of(self.tr("Start a conversation with %1")))
        self.edit.say(self._of(self.tr("Change %1")))
        self.test.say(self._of(self.tr("Test questions of %1")))
        self.duplicate.say(self._of(self.tr("Duplicate %1")))
        self.remove.say(self._of(self.tr("Delete %1")))
        self.more.say(self._of(self.tr("More acts on %1")))
        denied = self.tr("Readers use assistants; an editor may change them.")
        forbid_if("" if overview.may_change else denied, self.edit, self.duplicate, self.remove)
        self._draw()

    def _offer(self) -> None:
        self.offers().exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def offers(self) -> QMenu:
        """What is done seldom."""
        menu, acts = QMenu(self), self._acts
        menu.addAction(self.tr("Compare blindly…"), lambda: acts.compare(self.assistant))
        menu.addAction(self.tr("Save to a file…"), lambda: acts.export(self.assistant))
        away = menu.addAction(self.tr("Put away"), lambda: acts.archive(self.assistant))
        away.setEnabled(self._overview.may_change)
        return menu

    def _of(self, text: str) -> str:
        return filled(text, self.assistant.name)

    def _draw(self) -> None:
        icon = self._theme.icon(icon_of(self.assistant), "accent", _ICON)
        self._tile.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))


class AssistantCardList(Scroll):
    """Cards stay while their assistants do, so that a reload takes no focus away."""

    def __init__(self, words: AssistantWords, acts: AssistantCardActs, theme: Theme) -> None:
        super().__init__(QMargins(22, 0, 22, 16), 10)
        self._words, self._acts, self._theme = words, acts, theme
        self.cards: dict[str, AssistantCard] = {}
        self.column.addStretch()

    def show_all(self, overview: AssistantsOverview) -> None:
        for gone in set(self.cards) - {assistant.id for assistant in overview.assistants}:
            card = self.cards.pop(gone)
            self.column.removeWidget(card)
            let_go(card)
        for place, each in enumerate(overview.assistants):
            if each.id not in self.cards:
                self.cards[each.id] = AssistantCard(self._words, self._acts, self._theme)
                self.column.insertWidget(place, self.cards[each.id])
            self.cards[each.id].show_assistant(each, overview)


class NoAssistantsYet(Retranslating, QFrame):
    """What assistants are for, and templates to begin with. `begin` gets the one that is chosen."""

    def __init__(
        self, words: AssistantWords, begin: Callable[[Assistant], None], theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._words, self._begin, self._theme = words, begin, theme
        self._may_change = True
        self._title, self._text = label("title", wrap=True), label("muted", wrap=True)
        self.offers = [_Offer(theme, partial(self._choose, place)) for place in range(_OFFERED)]
        in_column(
            self._title, self._text, 8, *self.offers, on=self, margins=(24, 22, 24, 24), spacing=10
        )
        self._retranslate()

    def allow(self, may_change: bool) -> None:
        self._may_change = may_change
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Assistants answer in the way that you tell them"))
        why = self.tr(
            "Each has its own instruction, tone, documents and adapter: one for questions of the "
            "staff, one that quotes contracts word for word. A conversation remembers its own."
        )
        wait = self.tr("There are none yet; an editor or an administrator may make them.")
        self._text.setText(why if self._may_change else f"{why} {wait}")
        for offer, template in zip(self.offers, self._words.templates(), strict=False):
            offer.setVisible(self._may_change)
            offer.say(template)
            offer.use.setText(self.tr("Begin with it"))
            begin = self.tr("Begin with the template %1")
            offer.use.setAccessibleName(filled(begin, template.assistant.name))

    def _choose(self, place: int) -> None:
        self._begin(self._words.templates()[place].assistant)


class _Offer(QFrame):
    """A template: what it is good for, and a button."""

    def __init__(self, theme: Theme, use: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme, self._icon = theme, "puzzle"
        self._tile, self._name, self._about = _tile(), Elided("strong"), Elided("muted")
        self.use = button("", use)
        texts = in_column(self._name, self._about, spacing=4)
        in_row(self._tile, wide(texts), self.use, on=self, margins=(16, 12, 12, 12), spacing=14)
        theme.changed.connect(self._draw)

    def say(self, template: AssistantTemplate) -> None:
        self._icon = icon_of(template.assistant)
        self._name.say(template.assistant.name)
        self._about.say(template.about)
        self._draw()

    def _draw(self) -> None:
        icon = self._theme.icon(self._icon, "accent", _ICON)
        self._tile.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))


def _tile() -> QLabel:
    tile = label("tile")
    tile.setFixedSize(_TILE, _TILE)
    tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return tile
