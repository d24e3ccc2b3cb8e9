"""One of two that answer: who, what it was, by which model, with its adapters or without."""

from PySide6.QtWidgets import QWidget

from app.domain.exams.blind import Variant
from app.ui.assistants.blind.overview import BlindOverview
from app.ui.assistants.fields import SteadyComboBox
from app.ui.assistants.words import moment
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.switch import Switch


class Side(QWidget):
    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._overview = BlindOverview()
        self.who, self.version, self.model = (SteadyComboBox(theme) for _ in range(3))
        for field, name in (
            (self.who, self.tr("Assistant")),
            (self.version, self.tr("Version")),
            (self.model, self.tr("Model")),
        ):
            field.give_way()
            field.setAccessibleName(f"{title}: {name}")
        self.bare = Switch(theme)
        self.bare.setText(self.tr("Without adapters"))
        self.bare.setAccessibleName(f"{title}: {self.bare.text()}")
        self.who.currentIndexChanged.connect(lambda _: self._offer_versions())
        self.bare.hide()
        beside = in_row(wide(self.version), wide(self.model), spacing=6)
        in_column(
            label("strong", title), self.who, beside, self.bare, on=self, margins=0, spacing=6
        )

    def offer(self, overview: BlindOverview, chosen: Variant) -> None:
        """All of them, one chosen."""
        self._overview = overview
        self.who.clear()
        for each in overview.assistants:
            self.who.addItem(each.name, each.id)
        self.who.addItem(self.tr("No assistant"), "")
        self.who.choose(chosen.assistant)
        self.version.choose(chosen.version)
        self.model.clear()
        self.model.addItem(self.tr("Its own model"), "")
        for name in overview.models:
            self.model.addItem(name, name)
        self.bare.setVisible(overview.adapts)

    def _offer_versions(self) -> None:
        former = self._overview.versions.get(self.who.currentData() or "", ())
        self.version.clear()
        self.version.addItem(self.tr("As it is now"), 0)
        for each in former:
            name = filled(self.tr("Version %1"), each.number)
            self.version.addItem(f"{name} · {moment(each.created)}", each.number)
        self.version.setEnabled(bool(former))

    @property
    def wish(self) -> Variant:
        """Who is to answer; what it is now where no version is chosen."""
        who = self.who.currentData() or ""
        return Variant(
            who,
            self.who.currentText() if who else "",
            self.version.currentData() or 0,
            self.model.currentData() or "",
            self.bare.isChecked(),
        )
