"""What every widget with words of its own does when the language changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    Mixin = QWidget
else:
    #: What stands before the Qt class among the bases: to a type checker it is a widget.
    Mixin = object


class Retranslating(Mixin):
    """Stands before the Qt class among the bases; `_retranslate` says every text anew. The class
    calls it itself where it is made. Whoever draws its texts with the rest has only `_draw`."""

    def _draw(self) -> None:
        """Show everything anew."""

    def _retranslate(self) -> None:
        """The language is another one."""
        self._draw()

    def _remeasure(self) -> None:
        """The font is another one, or the style."""

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self._retranslate()
        elif kind in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._remeasure()
        super().changeEvent(event)
