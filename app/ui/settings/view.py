"""How the window looks on this computer, for whoever logs in."""

from PySide6.QtCore import QSettings

from app.ui.language import LANGUAGES, Language, filled
from app.ui.settings import motion, scale
from app.ui.settings.section import Section
from app.ui.settings.setting import Choice, Setting
from app.ui.theme import Theme
from app.ui.widgets.switch import Switch

_THEMES = ("system", "light", "dark")


class ViewSection(Section):
    icon = "eye"

    def __init__(self, theme: Theme, language: Language, settings: QSettings) -> None:
        super().__init__()
        self._theme, self._language, self._stored = theme, language, settings
        self.themes, self.languages, self.scales = (
            Choice(_THEMES), Choice(LANGUAGES), Choice(scale.SCALES),
        )  # fmt: skip
        self.themes.chosen.connect(theme.choose)
        self.languages.chosen.connect(language.choose)
        self.scales.chosen.connect(self._scaled)
        self._theme_line, self._language_line, self._scale_line = (
            Setting(self.themes), Setting(self.languages), Setting(self.scales),
        )  # fmt: skip
        self.less_motion = Switch(theme)
        self.less_motion.clicked.connect(self._move)
        self._motion_line = Setting(self.less_motion)
        theme.changed.connect(self._retranslate)
        self._take(self._language_line, self._theme_line, self._scale_line, self._motion_line)

    def _say(self) -> None:
        self.heading.setText(self.tr("View"))
        language, theme, size = self.tr("Language"), self.tr("Theme"), self.tr("Size")
        self._language_line.say(
            language, self.tr("Of the window. Answers come in the language of the question.")
        )
        self.languages.say(("Русский", "English"), language)
        self.languages.show_chosen(self._language.code)
        self._theme_line.say(theme, self.tr("Default: the system's."))
        self.themes.say((self.tr("System"), self.tr("Light"), self.tr("Dark")), theme)
        self.themes.show_chosen(self._theme.choice)
        self._theme_line.standard = self._theme.choice == _THEMES[0]
        now = scale.chosen(self._stored)
        self._scale_line.say(size, self.tr("Of text and controls, from the next start on."))
        self.scales.say([filled(self.tr("%1 %"), each) for each in scale.SCALES], size)
        self.scales.show_chosen(now)
        self._scale_line.standard = now == scale.SCALES[0]
        self._motion_line.say(
            self.tr("Less motion"),
            self.tr("Bars and the text cursor keep still, menus open at once. Default: off."),
        )
        is_less = motion.is_less(self._stored)
        self.less_motion.setChecked(is_less)
        self._motion_line.standard = not is_less

    def _scaled(self, percent: int) -> None:
        scale.choose(self._stored, percent)
        self._retranslate()

    def _move(self, less: bool) -> None:
        motion.choose(self._stored, less=less)
        self._retranslate()

    def _restore(self) -> None:
        motion.choose(self._stored, less=False)
        scale.choose(self._stored, scale.SCALES[0])
        self._theme.choose(_THEMES[0])
