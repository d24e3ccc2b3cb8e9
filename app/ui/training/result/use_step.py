"""The fifth step: who speaks with the adapter, how strongly, and beside which others."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.domain.chat.assistants import Assistant
from app.domain.models.adapters import Adapter
from app.domain.training.training import Training
from app.services.jobs import Job
from app.ui.assistants.fields import Amount
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.result.ask_both import AskBoth
from app.ui.training.result.strengths import STRONGEST, Strengths, strength_words
from app.ui.training.result.versions import Versions
from app.ui.training.services import TrainingOverview, TrainingServices
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import allow_if, button, forbid_if, label, rest
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.switch import Switch
from app.ui.widgets.ticked import TickedList

#: A slider that is being moved stores when it rests.
_REST_MS = 250


class UseStep(Retranslating, QWidget):
    """What was made is switched on and off here."""

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._reading = services.reading
        self._services, self._words = services, words
        self._training: Training | None = None
        self._overview = TrainingOverview()
        self._silenced: dict[str, float] = {}
        self._nothing = label("muted", wrap=True)
        self._card = QWidget()
        self.everybody = Switch(theme)
        self.everybody.clicked.connect(self._switch)
        self._about = label("small", wrap=True)
        self.strength = Amount(STRONGEST, words.language)
        self.compare = button("", self._compare)
        self.compare.setCheckable(True)
        self._comparing = label("small", wrap=True)
        self.ask_both = AskBoth(services, words, theme)
        self._for = label("strong")
        self.assistants = TickedList()
        self.assistants.turned.connect(self._ticked)
        self._no_assistants = label("small", wrap=True)
        self.others = Strengths(words, theme)
        self.others.changed.connect(self._rest)
        self.versions = Versions(words)
        self.versions.chosen.connect(self._roll_back)
        self._resting = rest(self, _REST_MS, self._store)
        self._build()
        self.strength.slider.valueChanged.connect(lambda _: self._rest())
        self._retranslate()

    def _build(self) -> None:
        comparing = in_row(self.compare, wide(self._comparing), spacing=12)
        in_column(
            self.everybody, self._about, 4, self.strength, comparing, 8, self.ask_both, 8,
            self._for, self.assistants, self._no_assistants, self.others, self.versions,
            on=self._card, margins=0, spacing=8,
        )  # fmt: skip
        in_column(self._nothing, self._card, on=self, margins=0)

    def _retranslate(self) -> None:
        self._nothing.setText(self.tr("Comes with the report: switch the adapter on here."))
        self.everybody.setText(self.tr("For everybody who asks without an assistant"))
        self._about.setText(self.tr("Acts on the next answer."))
        strength_words(self.strength, self.tr("Strength"))
        self.compare.setText(self.tr("The base for now"))
        self.compare.setToolTip(
            self.tr(
                "Switches every adapter off until this is pressed again, to compare the answers"
            )
        )
        self._for.setText(self.tr("For assistants"))
        self.assistants.setAccessibleName(self._for.text())
        self._no_assistants.setText(self.tr("There are no assistants yet."))
        self._show()

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def adapter(self) -> Adapter | None:
        return self._overview.adapter(self._training) if self._training else None

    def show_training(self, training: Training, overview: TrainingOverview) -> None:
        if self._training is None or self._training.id != training.id:
            self._resting.stop()
        self._training, self._overview = training, overview
        self._show()

    def _show(self) -> None:
        adapter = self.adapter
        self._nothing.setVisible(adapter is None)
        self._card.setVisible(adapter is not None)
        if adapter is None or self._resting.isActive():
            return
        users = self._users()
        self.everybody.setChecked(adapter.scale > 0)
        lent = users[0].strength(adapter.id) if users else None
        self._set_strength(adapter.scale or (self._advised() if lent is None else lent))
        self.ask_both.show_adapter(adapter, lambda: self.strength.value or self._advised())
        self._show_assistants(adapter)
        fitting = [each for each in self._overview.adapters if each.base == adapter.base]
        self.others.show_adapters([each for each in fitting if each.id != adapter.id])
        self.versions.show_versions(self._overview.versions(adapter))
        self._allow()

    def _users(self) -> tuple[Assistant, ...]:
        return self._overview.users(self._training) if self._training else ()

    def _advised(self) -> float:
        report = self._training.report if self._training else None
        return report.strength if report else 1.0

    def _set_strength(self, value: float) -> None:
        with QSignalBlocker(self.strength.slider):
            self.strength.set_value(value)
        strength_words(self.strength, self.tr("Strength"))

    def _show_assistants(self, adapter: Adapter) -> None:
        names = {each.id: each.name for each in self._overview.adapters}
        found = self._overview.assistants
        row = self.assistants.currentRow()
        self.assistants.offer(
            (user.id, self._named(user, adapter, names), user.strength(adapter.id) is not None)
            for user in found
        )
        self.assistants.setCurrentRow(row)
        self.assistants.fit()
        self.assistants.setVisible(bool(found))
        self._no_assistants.setVisible(not found)

    def _named(self, assistant: Assistant, adapter: Adapter, names: dict[str, str]) -> str:
        keys = [
            adapter_strength.adapter
            for adapter_strength in assistant.adapters
            if adapter_strength.adapter != adapter.id
        ]
        others = ", ".join(names[key] for key in keys if key in names)
        if not others:
            return assistant.name
        return filled(self.tr("%1 (uses “%2” now)"), assistant.name, others)

    def _allow(self) -> None:
        may, silent = self._services.may_train, bool(self._silenced)
        self.compare.setChecked(silent)
        speaking = any(adapter.scale for adapter in self._overview.adapters)
        self.compare.setEnabled(may and (speaking or silent))
        allow_if(may and not silent, self.everybody, self.strength, self.others)
        allow_if(may, self.assistants, self.versions)
        told = self.tr("Every adapter is off now; press again to switch them back on.")
        self._comparing.setText(told if silent else "")
        if not may:
            denied = self.tr("Readers use adapters; an editor may switch them on.")
            self._about.setText(denied)
            forbid_if(
                denied, self.compare, self.everybody, self.strength, self.others, self.assistants,
                self.versions,
            )  # fmt: skip

    # -- acts -------------------------------------------------------------------------------------

    def _rest(self) -> None:
        self._resting.start()

    def _switch(self, on: bool) -> None:
        if on and not self.strength.value:
            self._set_strength(self._advised())
        self._store()

    def strengths(self) -> dict[str, float]:
        """Of every adapter that is to speak."""
        wanted = self.others.strengths
        adapter = self.adapter
        if adapter is not None and self.everybody.isChecked() and self.strength.value:
            wanted[adapter.id] = self.strength.value
        return wanted

    def _store(self) -> None:
        """What is set: for everybody, and for the assistants that are ticked."""
        adapter, services = self.adapter, self._services
        if adapter is None:
            return
        self._resting.stop()
        wanted, strength = self.strengths(), self.strength.value
        stale = [
            user.with_adapter(adapter.id, strength)
            for user in self._users()
            if user.strength(adapter.id) != strength
        ]

        def work(_: Job) -> None:
            services.adapters.set_strengths(wanted)
            for assistant in stale:
                services.assistants.change(assistant)

        self._reading.begin(self, work)

    def _ticked(self, key: str, on: bool) -> None:
        adapter = self.adapter
        found = next(
            (assistant for assistant in self._overview.assistants if assistant.id == key), None
        )
        if adapter is None or found is None:
            return
        strength = self.strength.value or self._advised()
        lent, freed = found.with_adapter(adapter.id, strength), found.without_adapter(adapter.id)
        changed = lent if on else freed
        self._reading.begin(self, lambda _: self._services.assistants.change(changed))

    def _compare(self) -> None:
        """What is set here is silenced, stored or not yet; adapters of other models too."""
        adapter, before = self.adapter, self._silenced
        base = adapter.base if adapter else ""
        others = {e.id: e.scale for e in self._overview.adapters if e.scale and e.base != base}
        self._resting.stop()
        self._silenced = {} if before else others | self.strengths()
        wanted = before or {}
        self._reading.begin(self, lambda _: self._services.adapters.set_strengths(wanted))
        self._allow()

    def _roll_back(self, older: Adapter) -> None:
        """Whoever speaks with this one speaks with the older one, as strongly."""
        adapter, services = self.adapter, self._services
        if adapter is None:
            return
        wanted = self.others.strengths | {older.id: adapter.scale}
        users = [
            user.without_adapter(adapter.id).with_adapter(
                older.id, user.strength(adapter.id) or 0.0
            )
            for user in self._users()
        ]

        def work(_: Job) -> None:
            services.adapters.set_strengths(wanted)
            for user in users:
                services.assistants.change(user)

        self._reading.begin(self, work)
