"""What an adapter is good for and what not, where there is none yet."""

from PySide6.QtWidgets import QFrame

from app.ui.widgets.controls import label, say_or_hide
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class NoAdaptersYet(Retranslating, QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._title, self._text = label("strong", wrap=True), label("muted", wrap=True)
        self._denied = label("small", wrap=True)
        self._denied.hide()
        in_column(
            self._title, self._text, self._denied, on=self, margins=(20, 18, 20, 18), spacing=8
        )
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Teach the model your style"))
        self._text.setText(
            self.tr(
                "An adapter is a small addition to the model of the chat, trained on this machine "
                "from your own examples: it teaches tone, format, terms and keeping to the "
                "documents. It is not for facts: those belong in the library, where answers can "
                "cite them and where you can change them."
            )
        )

    def deny(self, reason: str) -> None:
        """Say why nothing can be trained; "" when it can."""
        say_or_hide(self._denied, reason)
