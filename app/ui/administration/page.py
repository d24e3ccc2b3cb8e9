"""The administration: kinds on the left, one of them on the right, losses above it."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QStackedWidget, QWidget

from app.ui.administration.backups import BackupsKind
from app.ui.administration.department.department import DepartmentKind
from app.ui.administration.keys.door_row import DoorRow
from app.ui.administration.keys.keys import KeysKind
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.log import LogKind
from app.ui.administration.losses import LossesCard
from app.ui.administration.members import MembersKind
from app.ui.administration.policies import PoliciesKind
from app.ui.administration.proof.proof import ProofKind
from app.ui.administration.rights import RightsKind
from app.ui.administration.statistics.statistics import StatisticsKind
from app.ui.administration.storage.storage import StorageUseKind
from app.ui.language import Language
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_KINDS_WIDTH = 290


class AdministrationPage(Retranslating, ReloadsWhenSeen, QWidget):
    """An administrator sees all of it, everybody else their own `statistics` and `keys`, the
    `department` and the `proof`."""

    def __init__(
        self,
        services: AdministrationServices,
        theme: Theme,
        language: Language,
        proof: ProofKind,
        door: DoorRow,
        *,
        is_whole: bool,
    ) -> None:
        super().__init__()
        self._theme, self.proof, self._is_whole = theme, proof, is_whole
        self.members = MembersKind(services, theme, language)
        self.rights, self.log = RightsKind(services), LogKind(services, language)
        self.policies, self.backups = PoliciesKind(services), BackupsKind(services, language)
        self.statistics = StatisticsKind(services, theme, language)
        self.keys = KeysKind(services, language, door)
        self.losses = LossesCard(services, language)
        self.storage = StorageUseKind(services, language)
        self.department = DepartmentKind(services, language)
        for_administrators = (
            *(self.members, self.rights, self.log, self.policies),
            *(self.backups, self.storage),
        )
        self._kinds: list[Kind] = [
            *(for_administrators if is_whole else ()),
            self.statistics,
            self.keys,
            self.department,
            proof,
        ]
        self._stack, self._group = QStackedWidget(), QButtonGroup(self)
        self.kinds: list[QPushButton] = []
        for place, kind in enumerate(self._kinds):
            self._stack.addWidget(kind)
            made = button("quiet", partial(self.show_kind, place))
            made.setCheckable(True)
            made.setMinimumHeight(38)
            self._group.addButton(made, place)
            self.kinds.append(made)
        side = frame("sidebar")
        side.setMinimumWidth(_KINDS_WIDTH)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        in_column(*self.kinds, on=side, margins=(12, 16, 12, 12), spacing=2).addStretch()
        content = frame("content")
        in_column(self.losses, wide(self._stack), on=content, margins=(34, 24, 34, 24), spacing=16)
        in_row(side, wide(content), on=self, margins=0, spacing=0)
        theme.follow(self._draw_icons)
        self._retranslate()
        self.show_kind(0)

    def show_kind(self, place: int) -> None:
        self.kinds[place].setChecked(True)
        self._stack.setCurrentIndex(place)
        if self.isVisible():
            self._kinds[place].load()

    def show_department(self) -> None:
        self.show_kind(self._kinds.index(self.department))

    def show_statistics(self) -> None:
        self.show_kind(self._kinds.index(self.statistics))

    def show_keys(self) -> None:
        self.show_kind(self._kinds.index(self.keys))

    def _retranslate(self) -> None:
        names = (
            self.tr("Profiles"), self.tr("Collections and access"), self.tr("Audit log"),
            self.tr("Policies"), self.tr("Backups"), self.tr("Storage"), self.tr("Statistics"),
            self.tr("Other programs"), self.tr("Department"), self.tr("Proof"),
        )  # fmt: skip
        for made, name in zip(self.kinds, names[-len(self.kinds) :], strict=True):
            made.setText(name)

    def _draw_icons(self) -> None:
        for made, kind in zip(self.kinds, self._kinds, strict=True):
            made.setIcon(self._theme.icon(kind.icon, "muted", 16))

    def _first_focus(self) -> QWidget:
        return self.kinds[self._stack.currentIndex()]

    def _load(self) -> None:
        if self._is_whole:
            self.losses.load()
        self._kinds[self._stack.currentIndex()].load()

    def showEvent(self, event: QShowEvent) -> None:
        """What was done on other pages is in the log as well: read anew each time."""
        self._stale = True
        super().showEvent(event)
