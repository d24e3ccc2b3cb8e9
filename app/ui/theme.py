"""Palettes, style sheet, fonts and icons. The tokens are the design's own table."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Colors:
    background: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    gold: str
    gold_soft: str
    danger: str
    danger_soft: str
    bubble: str
    mark: str

    def color(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Colors(
    background="#F6F6F3", surface="#FFFFFF", raised="#FFFFFF", text="#1B1E20", muted="#656C70",
    line="#E7E7E2", accent="#1F6F5C", on_accent="#FFFFFF", accent_soft="#E3F0EB",
    selection="#E5EFEA", gold="#8F6114", gold_soft="#FBF1DC", danger="#B3402F",
    danger_soft="#FBE9E6",
    bubble="#EEEEE9", mark="#F4CF72",
)  # fmt: skip
DARK = Colors(
    background="#141718", surface="#1B1F21", raised="#22272A", text="#E8EAEA", muted="#98A1A4",
    line="#2A3033", accent="#58B79C", on_accent="#0E1714", accent_soft="#1D322B",
    selection="#20332D", gold="#E0B35C", gold_soft="#3A3018", danger="#E38373",
    danger_soft="#3B2320",
    bubble="#262B2E", mark="#F4CF72",
)  # fmt: skip

FONT = "Inter"
TEXT_PIXELS = 14
SMALL_PIXELS = 12.5


class Theme(QObject):
    """The theme in use: "system", "light" or "dark". Widgets that paint by themselves read
    `colors` and listen to `changed`."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, settings: QSettings) -> None:
        super().__init__()
        self._application, self._resources, self._settings = application, resources, settings
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._sheet = (resources / "themes" / "window.qss").read_text("utf-8")
        self.colors = LIGHT
        for file in sorted((resources / "fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        application.setStyle("Fusion")
        application.setFont(font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> str:
        return str(self._settings.value("theme", "system"))

    def choose(self, choice: str) -> None:
        self._settings.setValue("theme", choice)
        self._apply()

    def follow(self, draw: Callable[[], object]) -> None:
        """Draw now, and again whenever the colours are others."""
        self.changed.connect(draw)
        draw()

    def icon(self, name: str, color: str = "muted", size: int = 18) -> QIcon:
        """A Lucide icon tinted with one of the palette's colours."""
        key = (name, getattr(self.colors, color), size)
        if key not in self._icons:
            self._icons[key] = QIcon(self._pixmap(name, QColor(key[1]), size))
        return self._icons[key]

    def logo(self, size: int) -> QPixmap:
        """The product's mark on its gradient."""
        pixmap = QPixmap(QSize(size, size) * 3)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(str(self._resources / "icons" / "larets.svg")).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(3)
        return pixmap

    def _pixmap(self, name: str, color: QColor, size: int) -> QPixmap:
        svg = (self._resources / "icons" / f"{name}.svg").read_bytes()
        tinted = svg.replace(b"currentColor", color.name().encode())
        pixmap = QPixmap(QSize(size, size) * 3)  # enough for 300 % scaling
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(tinted)).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(3)
        return pixmap

    def _apply(self) -> None:
        dark_system = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self.choice == "dark" or (self.choice == "system" and dark_system)
        self.colors = DARK if dark else LIGHT
        self._application.setPalette(_palette(self.colors))
        sheet = self._sheet
        for name in Colors.__dataclass_fields__:
            sheet = sheet.replace(f"@{name};", f"{getattr(self.colors, name)};")
        self._application.setStyleSheet(sheet)
        self.changed.emit()


def font(pixels: float = TEXT_PIXELS, weight: int = 400) -> QFont:
    """Inter at a size in pixels; weights 400, 500 and 600 are shipped."""
    made = QFont(FONT)
    made.setPixelSize(round(pixels))
    made.setWeight(QFont.Weight(weight))
    return made


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.background,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.background,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.Button: colors.raised,
        QPalette.ColorRole.PlaceholderText: colors.muted,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.on_accent,
        QPalette.ColorRole.ToolTipBase: colors.raised,
        QPalette.ColorRole.ToolTipText: colors.text,
        QPalette.ColorRole.Link: colors.accent,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.muted))
    return palette
