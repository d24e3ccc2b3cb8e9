"""The icons that an assistant can have, and the grid to choose one from."""

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from app.domain.chat.assistants import Assistant
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton
from app.ui.widgets.retranslating import Retranslating

#: Files of resources/icons, in the order of the grid.
ICONS = (
    "message-square", "users", "briefcase", "scale", "scroll-text", "receipt-text", "calculator",
    "chart-line", "landmark", "wrench", "factory", "hard-hat", "truck", "flask-conical",
    "heart-pulse", "graduation-cap", "headphones", "lightbulb",
)  # fmt: skip
_COLUMNS = 9


def icon_of(assistant: Assistant) -> str:
    """Its icon; the first where it names one that this version does not have."""
    return assistant.icon if assistant.icon in ICONS else ICONS[0]


class IconGrid(Retranslating, QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons = [IconButton(theme, icon, lambda: None, size=20) for icon in ICONS]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, choice in enumerate(self._buttons):
            choice.setCheckable(True)
            choice.setFixedSize(36, 36)
            self._group.addButton(choice, place)
            grid.addWidget(choice, *divmod(place, _COLUMNS))
        grid.setColumnStretch(_COLUMNS, 1)
        self._retranslate()

    def _retranslate(self) -> None:
        names = (
            self.tr("Conversation"), self.tr("People"), self.tr("Briefcase"), self.tr("Scales"),
            self.tr("Scroll"), self.tr("Receipt"), self.tr("Calculator"), self.tr("Chart"),
            self.tr("Public building"), self.tr("Wrench"), self.tr("Factory"),
            self.tr("Hard hat"), self.tr("Lorry"), self.tr("Flask"), self.tr("Health"),
            self.tr("Graduation cap"), self.tr("Headphones"), self.tr("Light bulb"),
        )  # fmt: skip
        for choice, name in zip(self._buttons, names, strict=True):
            choice.say(name)

    @property
    def icon(self) -> str:
        return ICONS[self._group.checkedId()]

    def choose(self, icon: str) -> None:
        self._buttons[ICONS.index(icon)].setChecked(True)
