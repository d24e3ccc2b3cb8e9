"""Shows a recovery key, once, with ways to keep it."""

from PySide6.QtWidgets import QWidget

from app.domain.roles import CreatedProfile
from app.ui.dialogs.dialog import Dialog
from app.ui.first_run.recovery_key import RecoveryKeyCard
from app.ui.language import filled
from app.ui.theme import Theme

_WIDTH = 620


class NewKeyDialog(Dialog):
    def __init__(self, parent: QWidget, created: CreatedProfile, theme: Theme) -> None:
        super().__init__(
            parent,
            filled(self.tr("Recovery key of %1"), created.name),
            self.tr("Shown this once. Whoever has it can set a new password for this profile."),
            width=_WIDTH,
        )
        self.card = RecoveryKeyCard(theme)
        self.card.show_key(created.name, created.recovery_key)
        self.hold(self.card)
        self.close_button = self.act(self.tr("It is kept"), self.accept, "primary")
        self.close_button.setEnabled(self.card.proven)
        self.card.changed.connect(lambda: self.close_button.setEnabled(self.card.proven))
        self.act(self.tr("Without a recovery key"), self.accept)
