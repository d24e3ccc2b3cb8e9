"""The cards in sections: models that answer, that search, and that check what was found."""

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.models.model import ModelKind, Speed
from app.ui.models.cards.cards import ModelCard, ModelCardActs
from app.ui.models.overview import Listed
from app.ui.models.words import ModelWords
from app.ui.theme import Theme
from app.ui.widgets.controls import label, let_go
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

#: In the order of the sections.
_KINDS = (ModelKind.CHAT, ModelKind.EMBEDDING, ModelKind.RERANKER)


class ModelCardList(Retranslating, Scroll):
    """Cards stay while their models do, so that a reload takes no focus away."""

    def __init__(self, words: ModelWords, acts: ModelCardActs, theme: Theme) -> None:
        super().__init__(QMargins(22, 0, 22, 16), 10)
        self._words, self._acts, self._theme = words, acts, theme
        self.cards: dict[str, ModelCard] = {}
        self._titles = {kind: label("section") for kind in _KINDS}
        self._columns = {kind: QVBoxLayout() for kind in _KINDS}
        self._nothing = {kind: _Nothing() for kind in _KINDS}
        for kind in _KINDS:
            self._columns[kind].setSpacing(10)
            self.column.addWidget(self._titles[kind])
            self.column.addWidget(self._nothing[kind])
            self.column.addLayout(self._columns[kind])
            self.column.addSpacing(8)
            self._titles[kind].hide()
            self._nothing[kind].hide()
        self.column.addStretch()
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Models"))
        self._titles[ModelKind.CHAT].setText(self.tr("CHAT MODELS: THEY ANSWER"))
        self._titles[ModelKind.EMBEDDING].setText(self.tr("EMBEDDING MODELS: THEY SEARCH"))
        self._titles[ModelKind.RERANKER].setText(self.tr("RERANKERS: THEY CHECK WHAT WAS FOUND"))
        self._nothing[ModelKind.CHAT].say(
            self.tr("No model to answer with yet"),
            self.tr(
                "Add a GGUF file: from a USB stick, a shared folder, or ask your administrator. "
                "Until then Larets searches your documents and quotes the sentences that fit."
            ),
        )
        self._nothing[ModelKind.EMBEDDING].say(
            self.tr("No model to search with yet"),
            self.tr(
                "Documents cannot be indexed or searched without one. Add the folder of an "
                "embedding model, for example multilingual-e5-small."
            ),
        )

    def show_all(self, listed: tuple[Listed, ...], may_change: bool) -> None:
        names = [each.model.name for each in listed]
        for gone in set(self.cards) - set(names):
            card = self.cards.pop(gone)
            self._columns[card.listed.model.kind].removeWidget(card)
            let_go(card)
        for kind in _KINDS:
            own = [each for each in listed if each.model.kind == kind]
            for place, each in enumerate(own):
                self._card(each, place).show_listed(each, may_change)
            needed = kind != ModelKind.RERANKER  # search does without
            self._titles[kind].setVisible(needed or bool(own))
            self._nothing[kind].setVisible(needed and not own)

    def _card(self, listed: Listed, place: int) -> ModelCard:
        name = listed.model.name
        if name not in self.cards:
            card = ModelCard(listed, self._words, self._acts, self._theme)
            self._columns[listed.model.kind].insertWidget(place, card)
            self.cards[name] = card
        return self.cards[name]

    def show_speed(self, name: str, speed: Speed | None) -> None:
        """Of the model that runs."""
        if card := self.cards.get(name):
            card.set_speed(speed)

    def in_order(self) -> list[QWidget]:
        """Every control as it is reached by the Tab key."""
        columns = [self._columns[kind] for kind in _KINDS]
        items = [column.itemAt(at) for column in columns for at in range(column.count())]
        cards = [item.widget() for item in items if item is not None]
        return [act for card in cards if isinstance(card, ModelCard) for act in card.controls()]


class _Nothing(QFrame):
    """What to do where no card is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._title, self._text = label("strong", wrap=True), label("muted", wrap=True)
        in_column(self._title, self._text, on=self, margins=(16, 14, 16, 14), spacing=6)

    def say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
