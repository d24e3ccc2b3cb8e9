"""Where an adapter comes from that was not trained here: who signed it, and how it was made."""

from PySide6.QtWidgets import QFrame

from app.domain.models.adapter_files import Trust
from app.ui.training.services import Guest
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class Origin(Retranslating, QFrame):
    def __init__(self, words: TrainingWords) -> None:
        super().__init__()
        self._words = words
        self._guest: Guest | None = None
        self._signed, self._made = label("strong", wrap=True), label("muted", wrap=True)
        in_column(self._signed, self._made, on=self, margins=(18, 14, 18, 14), spacing=4)
        self.hide()

    def _retranslate(self) -> None:
        self.show_guest(self._guest)

    def show_guest(self, guest: Guest | None) -> None:
        """Hidden for None."""
        self._guest = guest
        self.setVisible(guest is not None)
        if guest is None:
            return
        name = "problem" if guest.trust == Trust.UNSIGNED else "hollow"
        if name != self.objectName():
            self.setObjectName(name)
            self.style().polish(self)
        self._signed.setText(self._words.signed_by(guest.trust, guest.adapter.signer))
        self._made.setText(self._words.made(guest.card, guest.adapter.size))
