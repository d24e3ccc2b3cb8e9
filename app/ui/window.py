"""The frame: rail, top bar, pages, lock. Knows no feature; pages are handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLabel, QMenu, QWidget

from app import offline
from app.ui.dialogs.questions import told
from app.ui.help.window import KEYS
from app.ui.language import Language, filled
from app.ui.pages.later import Later, LaterStack
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, frame, label, say, show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True)
class View:
    """A page with its icon on the rail; `name` is called anew when the language changes. What
    `context` gives once the page is made stands in the top bar while it is shown. `apart` stands at
    the foot of the rail, and is reached by `keys` of its own."""

    later: Later[QWidget]
    icon: str
    name: Callable[[], str]
    context: Callable[[], Sequence[QWidget]] = tuple
    apart: bool = False
    keys: str = ""

    @property
    def page(self) -> QWidget:
        return self.later.page


class Frame(Retranslating, QWidget):
    """Everything inside the window while a profile is open."""

    def __init__(
        self,
        views: Sequence[View],
        profile: str,
        acts: tuple[Callable[[], None], Callable[[], object], Callable[[str], None]],
        theme: Theme,
        language: Language,
        status: QWidget | None = None,
    ) -> None:
        """`acts` lock the profile, check its health and show a page of the help; `status` stands in
        the top bar. No view is shown yet."""
        super().__init__()
        self._views, self._profile = views, profile
        self._lock_now, self._check_health, self._show_help = acts
        self._theme, self._language = theme, language
        self._rail_buttons: list[IconButton] = []
        self._status = status
        self._server, self._away = "", False
        self._pages = LaterStack([view.later for view in views])
        self._contexts: dict[int, Sequence[QWidget]] = {}
        right = in_column(self._top_bar(), wide(self._pages), spacing=0)
        in_row(self._rail(), wide(right), on=self, margins=0, spacing=0)
        self._shortcuts()
        self._retranslate()

    def _rail(self) -> QWidget:
        rail = frame("rail")
        rail.setFixedWidth(56)
        logo = QLabel()
        logo.setPixmap(self._theme.logo(32))
        logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = in_column(logo, 10, on=rail, margins=(8, 12, 8, 12), spacing=4)
        self._group = QButtonGroup(self)
        for place, view in enumerate(self._views):
            choice = IconButton(self._theme, view.icon, partial(self.show_view, place), size=20)
            choice.setProperty("kind", "rail")
            choice.setCheckable(True)
            choice.setFixedSize(40, 40)
            self._group.addButton(choice, place)
            self._rail_buttons.append(choice)
        beside = list(zip(self._views, self._rail_buttons, strict=True))
        for _, choice in (each for each in beside if not each[0].apart):
            column.addWidget(choice)
        column.addStretch()
        for _, choice in (each for each in beside if each[0].apart):
            column.addWidget(choice)
        self._lock = IconButton(self._theme, "lock", self._lock_now, size=20)
        self._lock.setProperty("kind", "rail")
        self._lock.setFixedSize(40, 40)
        column.addWidget(self._lock)
        return rail

    def _top_bar(self) -> QWidget:
        bar = frame("topbar")
        bar.setFixedHeight(52)
        self._where = label("strong")
        self.network = button("chip", self._show_proof)
        self._user = button("quiet", self._user_menu)
        self._user.setFixedHeight(38)
        self._avatar = label("avatar")
        self._avatar.setFixedSize(30, 30)
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._avatar.setStyleSheet("border-radius: 15px;")
        in_row(self._avatar, on=self._user, margins=(4, 0, 4, 0))
        self._user.setFixedWidth(38)
        self._avatar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._beside = in_row()
        row = in_row(self._where, 12, self._beside, STRETCH, on=bar, margins=(22, 0, 14, 0))
        if self._status:
            row.addWidget(self._status)
        row.addWidget(self.network)
        row.addWidget(self._user)
        self._theme.follow(self._draw)
        return bar

    def _draw(self) -> None:
        self.network.setIcon(self._theme.icon("shield-check", "accent", 16))

    def _shortcuts(self) -> None:
        for place, keys in enumerate(self._keys()):
            QShortcut(QKeySequence(keys), self, partial(self.show_view, place))
        QShortcut(QKeySequence("Ctrl+L"), self, self._lock_now)

    def _keys(self) -> list[str]:
        """What leads to each view."""
        return [view.keys or f"Ctrl+{place + 1}" for place, view in enumerate(self._views)]

    @property
    def reached(self) -> list[tuple[View, str]]:
        """The views with what leads to each."""
        return list(zip(self._views, self._keys(), strict=True))

    def _retranslate(self) -> None:
        from app.ui.login.page import initials

        beside = zip(self._views, self._rail_buttons, self._keys(), strict=True)
        for view, choice, keys in beside:
            choice.say(view.name(), keys)
        self._lock.say(self.tr("Lock"), "Ctrl+L")
        if self._server and self._away:
            why = filled(self.tr("No answer from %1"), self._server)
            say(self.network, self.tr("Department away"), why)
        elif self._server:
            why = filled(self.tr("Connected to %1"), self._server)
            say(self.network, self.tr("Department network"), why)
        else:
            say(self.network, self.tr("Offline"), self.tr("Larets opens no network connections"))
        self._avatar.setText(initials(self._profile))
        self._user.setAccessibleName(self._profile)
        self._user.setToolTip(self._profile)
        self._where.setText(self._views[self._pages.place].name())

    def show_view(self, place: int) -> None:
        self._pages.show_place(place)
        self._rail_buttons[place].setChecked(True)
        self._where.setText(self._views[place].name())
        if place not in self._contexts:
            self._contexts[place] = self._views[place].context()
            for part in self._contexts[place]:
                self._beside.addWidget(part)
        for each, parts in self._contexts.items():
            show_if(each == place, *parts)

    def show_page(self, page: QWidget) -> None:
        """The view that a page is."""
        self.show_view(self._pages.place_of(page))

    def show_server(self, server: str, *, away: bool = False) -> None:
        """The department's server that this profile belongs to, "" for none; whether it is `away`:
        it does not answer."""
        if (server, away) != (self._server, self._away):
            self._server, self._away = server, away
            self._retranslate()

    def _show_proof(self) -> None:
        if self._server:
            title = filled(self.tr("Connected to %1"), self._server)
            why = self.tr(
                "Processes of their own pass on to these servers, and to no other address. This "
                "program and all its other processes open no network connections."
            )
            told(self, title, why)
            return
        why = self.tr("Every attempt, also of a library inside it, is refused.")
        count = filled(self.tr("Refused since the start: %1."), offline.refused())
        told(self, self.tr("Larets opens no network connections"), why, count)

    def _user_menu(self) -> None:
        menu = self.user_menu()
        menu.exec(self._user.mapToGlobal(self._user.rect().bottomLeft()))
        menu.deleteLater()

    def user_menu(self) -> QMenu:
        """What can be chosen under the name of the profile."""
        menu = QMenu(self)
        for code, name in (("ru", "Русский"), ("en", "English")):
            act = menu.addAction(name, partial(self._language.choose, code))
            act.setCheckable(True)
            act.setChecked(self._language.code == code)
        menu.addSeparator()
        for choice, name in (
            ("system", self.tr("Theme of the system")),
            ("light", self.tr("Light theme")),
            ("dark", self.tr("Dark theme")),
        ):
            act = menu.addAction(name, partial(self._theme.choose, choice))
            act.setCheckable(True)
            act.setChecked(self._theme.choice == choice)
        menu.addSeparator()
        menu.addAction(self.tr("Help"), lambda: self._show_help(""))
        menu.addAction(self.tr("Keyboard"), lambda: self._show_help(KEYS))
        menu.addAction(self.tr("Health check"), self._check_health)
        menu.addAction(self.tr("Lock"), self._lock_now)
        return menu
