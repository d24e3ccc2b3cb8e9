"""When Larets locks itself, and the profile's password."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.settings import LOCKS, Preferences
from app.ui.language import filled
from app.ui.settings.asking import Choose, PreferenceSection
from app.ui.settings.setting import Choice, Setting
from app.ui.widgets.controls import button


class SecuritySection(PreferenceSection):
    icon = "lock"

    def __init__(self, choose: Choose, change_password: Callable[[], object]) -> None:
        super().__init__(choose)
        self.locks = Choice(LOCKS)
        self.locks.chosen.connect(lambda to: self._store(replace(self._now, lock_after=to)))
        self.password = button("", change_password)
        self._lock, self._password = Setting(self.locks), Setting(self.password)
        self._take(self._lock, self._password)

    def _say(self) -> None:
        self.heading.setText(self.tr("Security"))
        lock, usual = self.tr("Auto-lock"), Preferences().lock_after
        self._lock.say(
            lock,
            self.tr(
                "After so long without a key press or the mouse, and whenever the session is "
                "locked or the computer sleeps. It waits for an import or an answer to end, but "
                "not when the computer sleeps; a training goes on behind the lock. "
                "Default: 15 min."
            ),
        )
        names = [self._time(each) for each in LOCKS]
        self.locks.say(names, lock)
        self.locks.show_chosen(self._now.lock_after)
        self._lock.standard = self._now.lock_after == usual
        self.password.setText(self.tr("Change the password…"))
        self._password.say(
            self.tr("Password"),
            self.tr(
                "It brings new keys: older copies of this profile's key slots open nothing here. "
                "The recovery key stays valid."
            ),
        )

    def _time(self, minutes: int) -> str:
        return filled(self.tr("%1 min"), minutes) if minutes else self.tr("Never")

    def _restore(self) -> None:
        self._store(replace(self._now, lock_after=Preferences().lock_after))
