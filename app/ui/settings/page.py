"""The settings: kinds on the left, a search above them, the lines of one kind on the right."""

from functools import partial

from PySide6.QtCore import QMargins, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.domain.events import PreferencesChanged
from app.domain.models.machine import Machine
from app.domain.settings import Preferences
from app.ui.language import Language
from app.ui.models.words import ModelWords
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.settings.asking import (
    AnswersSection,
    DeviceSection,
    MemorySection,
    PreferenceSection,
)
from app.ui.settings.data import DataSection
from app.ui.settings.password import PasswordDialog
from app.ui.settings.section import Section
from app.ui.settings.security import SecuritySection
from app.ui.settings.services import SettingsServices
from app.ui.settings.view import ViewSection
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame, invite, label
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_KINDS_WIDTH, _LINES_WIDTH = 236, 820


class SettingsPage(Retranslating, ReloadsWhenSeen, QWidget):
    """`models_wanted` and `health_wanted` lead elsewhere."""

    models_wanted = Signal()
    health_wanted = Signal()

    def __init__(self, services: SettingsServices, theme: Theme, language: Language) -> None:
        super().__init__()
        self._services, self._theme, self._language = services, theme, language
        self.view = ViewSection(theme, language, services.stored)
        self.answers = AnswersSection(theme, self._choose)
        self.memory = MemorySection(theme, self._choose)
        self.device = DeviceSection(ModelWords(language), theme, self._choose)
        self.security = SecuritySection(self._choose, self.change_password)
        self.data = DataSection(
            services.folder, services.reading, language, self.health_wanted.emit
        )
        self.device.models_wanted.connect(self.models_wanted)
        self._sections: list[Section] = [
            self.view, self.answers, self.memory, self.device, self.security, self.data,
        ]  # fmt: skip
        self._now = self._storing = 0
        in_row(self._kinds(), wide(self._lines()), on=self, margins=0, spacing=0)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        services.events.subscribe(PreferencesChanged, lambda _: self.note_news())
        theme.follow(self._draw_icons)
        self._retranslate()
        self.show_kind(0)

    def _kinds(self) -> QWidget:
        side = frame("sidebar")
        side.setMinimumWidth(_KINDS_WIDTH)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        column = in_column(self.search, 10, on=side, margins=(12, 16, 12, 12), spacing=2)
        self._group = QButtonGroup(self)
        self.kinds: list[QPushButton] = []
        for place, _ in enumerate(self._sections):
            made = button("quiet", partial(self.show_kind, place))
            made.setCheckable(True)
            made.setMinimumHeight(38)
            self._group.addButton(made, place)
            self.kinds.append(made)
            column.addWidget(made)
        column.addStretch()
        return side

    def _lines(self) -> QWidget:
        self._scroll = Scroll(QMargins(34, 24, 34, 24), 18)
        content = frame("content")
        in_column(wide(self._scroll), on=content, margins=0)
        self._nothing = label("muted", wrap=True)
        for part in (*self._sections, self._nothing):
            part.setMaximumWidth(_LINES_WIDTH)
            self._scroll.column.addWidget(part)
        self._scroll.column.addStretch()
        return content

    def _retranslate(self) -> None:
        invite(self.search, self.tr("Find a setting"))
        self._nothing.setText(self.tr("No setting is called so. Try another word."))
        self._say_kinds()
        # The kinds themselves hear of another language after the page does.
        QTimer.singleShot(0, self, self._say_kinds)

    def _say_kinds(self) -> None:
        for made, section in zip(self.kinds, self._sections, strict=True):
            made.setText(section.heading.text())
        if self.search.text():
            self._narrow(self.search.text())

    def _draw_icons(self) -> None:
        for made, section in zip(self.kinds, self._sections, strict=True):
            made.setIcon(self._theme.icon(section.icon, "muted", 16))

    # -- what is shown ----------------------------------------------------------------------------

    def _first_focus(self) -> QWidget:
        return self.kinds[self._now]

    def _load(self) -> None:
        services = self._services

        def read(_: object) -> tuple[Preferences, Machine]:
            return services.preferences.get(), services.models.machine()

        services.reading.begin(self, read, lambda found: self._show(*found))

    def showEvent(self, event: QShowEvent) -> None:
        """The data folder is counted when somebody comes to look, not at every choice."""
        super().showEvent(event)
        self.data.look()

    def _show(self, preferences: Preferences, machine: Machine) -> None:
        self.device.show_machine(machine)
        if self._storing:
            return  # what was read is older than what the user has chosen since
        for section in self._sections:
            if isinstance(section, PreferenceSection):
                section.show_chosen(preferences)

    def show_kind(self, place: int) -> None:
        self._now = place
        if self.search.text():
            self.search.clear()
        self.kinds[place].setChecked(True)
        self._nothing.hide()
        for each, section in enumerate(self._sections):
            section.narrow("")
            section.setVisible(each == place)

    def show_setting(self, title: str) -> None:
        """The kind that has the setting of that title, with its control chosen."""
        for place, section in enumerate(self._sections):
            for each in section.settings:
                if each.title == title:
                    self.show_kind(place)
                    each.control.setFocus()

    def titles(self) -> list[str]:
        """Of every setting, in the language of the window."""
        return [each.title for section in self._sections for each in section.settings]

    def _narrow(self, wanted: str) -> None:
        if not wanted.strip():
            self.show_kind(self._now)
            return
        found = [section.narrow(wanted.strip()) for section in self._sections]
        for section, any_fits in zip(self._sections, found, strict=True):
            section.setVisible(any_fits)
        self._nothing.setVisible(not any(found))

    # -- acts -------------------------------------------------------------------------------------

    def _choose(self, preferences: Preferences) -> None:
        """Store what the user prefers; every kind holds the same value."""
        for section in self._sections:
            if isinstance(section, PreferenceSection):
                section.show_chosen(preferences)
        store = self._services.preferences
        self._storing += 1
        self._services.reading.begin(self, lambda _: store.choose(preferences), ended=self._stored)

    def _stored(self) -> None:
        self._storing -= 1

    def change_password(self) -> None:
        services = self._services
        PasswordDialog(
            self, services.name, services.profiles, services.reading, self._language
        ).open()
