"""What can be shown to whoever asks: that nothing leaves the computer, and nothing was changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.health.check import Check, CheckWording
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.proof.commands import commands
from app.ui.language import Language
from app.ui.widgets.controls import announce, button, label
from app.ui.widgets.layouts import STRETCH, TOP, aligned, in_column, in_row, wide
from app.ui.widgets.scroll import Scroll

_CHIP_WIDTH = 92


class ProofKind(Kind):
    """Every role may see it. `signs` tells whether the window locks with the session."""

    icon = "shield-check"

    def __init__(
        self,
        services: AdministrationServices,
        language: Language,
        wording: Callable[[], CheckWording],
        signs: Callable[[], Check],
    ) -> None:
        super().__init__(services)
        self._language, self._wording, self._signs = language, wording, signs
        self._facts: list[Check] = []
        self._verified: list[Check] = []
        self.verify = button("primary", self.check)
        self._commands, self._outside = label("code", wrap=True), label("", wrap=True)
        self._commands.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._commands.setTextFormat(Qt.TextFormat.PlainText)
        self.copy = button("", self._copy)
        self._limits_title, self._limits = label("strong"), label("", wrap=True)
        self._outside_title = label("strong")
        self.rows = QWidget()
        self._rows = in_column(on=self.rows, margins=0, spacing=12)
        scroll = Scroll(QMargins(0, 0, 8, 0), 0)
        asking = in_row(self._outside_title, STRETCH, self.copy, spacing=8)
        shown = in_column(
            self.rows, 14, asking, self._outside, self._commands, 14, self._limits_title,
            self._limits, STRETCH, spacing=8,
        )  # fmt: skip
        scroll.column.addLayout(shown)
        head = in_row(self.heading, STRETCH, self.verify, spacing=8)
        in_column(head, self._about, wide(scroll), on=self, margins=0, spacing=10)
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Proof"))
        self._about.setText(
            self.tr("What keeps this workspace offline and whole, and what you can check yourself.")
        )
        self.verify.setText(self.tr("Verify everything"))
        self._outside_title.setText(self.tr("See for yourself"))
        self._outside.setText(
            self.tr(
                "Ask the system instead of Larets: its connections, what the kernel refuses it, "
                "every network call that it tries. Or start it without a network: everything works."
            )
        )
        self._commands.setText(commands())
        self.copy.setText(self.tr("Copy"))
        self._limits_title.setText(self.tr("What is not protected"))
        self._limits.setText(self._not_protected())
        self._show_rows()

    def _not_protected(self) -> str:
        return "\n\n".join(
            f"• {line}"
            for line in (
                self.tr("While a profile is open: from whoever controls this computer, an "
                        "administrator of it or a malicious program of your own user on some "
                        "systems. Keys and texts are in memory then."),
                self.tr("What leaves by your own hand: exports, printed pages, copied text, "
                        "originals that another program has open until the lock."),
                self.tr("What somebody copied before: an old copy of the folder opens with the "
                        "password that was valid then."),
                self.tr("Names of profiles, sizes and times of files, the models, your own "
                        "originals outside Larets. And nothing helps without a backup when the "
                        "disk breaks or files are deleted."),
                self.tr("A weak password. The key is expensive to guess, not impossible."),
            )
        )  # fmt: skip

    # -- what is found ----------------------------------------------------------------------------

    def load(self) -> None:
        proof = self._services.administration.proof
        self._services.reading.begin(
            self, lambda _: [*proof.facts(), self._signs()], self._show_facts
        )

    def check(self) -> None:
        """Read through what can be verified."""
        proof = self._services.administration.proof
        self.verify.setEnabled(False)
        self._services.background.begin(
            self,
            lambda _: list(proof.verified()),
            self._show_verified,
            title=self.tr("Verifying"),
            ended=lambda: self.verify.setEnabled(True),
        )

    def _show_facts(self, found: list[Check]) -> None:
        self._facts = found
        self._show_rows()

    def _show_verified(self, found: list[Check]) -> None:
        self._verified = _worst_of_each(found)
        self._show_rows()

    def _show_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        wording = self._wording()
        for check in (*self._verified, *self._facts):
            self._rows.addWidget(self._row(check, wording))

    def _row(self, check: Check, wording: CheckWording) -> QWidget:
        words, row = wording.of(check), QWidget()
        kind, said = "bad", self.tr("Problem")
        if check.passed:
            is_note = check.name.startswith("no-")
            kind, said = ("notice", self.tr("Note")) if is_note else ("good", self.tr("OK"))
        chip = label(kind, said)
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setMinimumWidth(_CHIP_WIDTH)
        texts = [label("strong", words.title, wrap=True), label("muted", words.fact, wrap=True)]
        if words.remedy:
            texts.append(label("", words.remedy, wrap=True))
        column = in_column(*texts, spacing=2)
        in_row(aligned(chip, TOP), wide(column), on=row, margins=0, spacing=14)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(commands())
        announce(self, self.tr("Copied"))


def _worst_of_each(found: Sequence[Check]) -> list[Check]:
    """One of each name, a failed one where there is one: a workspace has many collections."""
    worst: dict[str, Check] = {}
    for check in found:
        if check.name not in worst or not check.passed:
            worst[check.name] = check
    return list(worst.values())
