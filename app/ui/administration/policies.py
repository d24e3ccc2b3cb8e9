"""What holds for everybody who works in the workspace."""

from functools import partial

from app.domain.policies import KINDS, Policies, Policy
from app.ui.administration.kind import AdministrationServices, Kind, scrolling
from app.ui.language import filled
from app.ui.settings.setting import Choice, Setting
from app.ui.widgets.layouts import in_column, wide

#: What may be chosen of a number; the command line takes any.
_NUMBERS = {
    Policy.PASSWORD_LENGTH: ("8", "12", "16"),
    Policy.AUTO_LOCK: ("0", "5", "15", "30", "60"),
    Policy.RETENTION: ("0", "30", "90", "365"),
}
#: Those that hold already; what the other one allows is not built yet.
_SHOWN = (
    Policy.PASSWORD_LENGTH,
    Policy.AUTO_LOCK,
    Policy.EXPORT,
    Policy.ATTACHMENTS,
    Policy.OTHER_PROGRAMS,
    Policy.RETENTION,
    Policy.LOCAL_INTERFACE,
)
_ON, _OFF = "on", "off"


class PoliciesKind(Kind):
    icon = "scale"

    def __init__(self, services: AdministrationServices) -> None:
        super().__init__(services)
        self._now = Policies({})
        self.choices = {each: Choice(_NUMBERS.get(each, (_ON, _OFF))) for each in _SHOWN}
        self._lines = {each: Setting(choice) for each, choice in self.choices.items()}
        for each, choice in self.choices.items():
            choice.chosen.connect(partial(self.decide, each))
        lines = scrolling(self._lines.values())
        in_column(self.heading, self._about, wide(lines), on=self, margins=0, spacing=6)
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Policies"))
        self._about.setText(
            self.tr("They hold for every profile, administrators included, and are signed.")
        )
        told = {
            Policy.PASSWORD_LENGTH: (
                self.tr("Least length of a password"),
                self.tr("In characters, for new passwords."),
            ),
            Policy.AUTO_LOCK: (
                self.tr("Longest time before the auto-lock"),
                self.tr("In minutes. Profiles may choose a shorter one."),
            ),
            Policy.EXPORT: (
                self.tr("Export"),
                self.tr("Documents, conversations and summaries as readable files."),
            ),
            Policy.ATTACHMENTS: (
                self.tr("Attachments"),
                self.tr("Files that somebody asks about without adding them to the library."),
            ),
            Policy.OTHER_PROGRAMS: (
                self.tr("Other programs"),
                self.tr("Originals opened in another program lie readable until the lock."),
            ),
            Policy.RETENTION: (
                self.tr("Keep conversations"),
                self.tr(
                    "In days since the last change. What had run out at the last opening is "
                    "deleted at the next; notes and backups are not."
                ),
            ),
            Policy.LOCAL_INTERFACE: (
                self.tr("Local interface"),
                self.tr("Programs of this computer may search and ask, with keys of their own."),
            ),
        }
        for each, (title, about) in told.items():
            self._lines[each].say(title, about)
            self.choices[each].say([self._named(each, v) for v in self.choices[each].buttons],
                                   title)  # fmt: skip
        self._show(self._now)

    def _named(self, policy: Policy, value: object) -> str:
        if KINDS[policy].is_switch:
            return self.tr("Allowed") if value == _ON else self.tr("Forbidden")
        if value == "0":
            return self.tr("No limit")
        if policy is Policy.AUTO_LOCK:
            return filled(self.tr("%1 min"), str(value))
        if policy is Policy.RETENTION:
            return filled(self.tr("%1 d"), str(value))
        return str(value)

    def load(self) -> None:
        self._show(self._services.administration.policies.now())

    def decide(self, policy: Policy, value: str) -> None:
        """Let a value hold for everybody."""
        policies = self._services.administration.policies
        self._services.background.begin(
            self, lambda _: policies.decide(policy.value, value), ended=self.load
        )

    def _show(self, now: Policies) -> None:
        self._now = now
        for each, choice in self.choices.items():
            choice.show_chosen(now.value(each))
            self._lines[each].standard = now.value(each) == KINDS[each].usual
