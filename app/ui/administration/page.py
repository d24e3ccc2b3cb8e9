"""The administration: kinds on the left, one of them on the right, losses above it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

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
from app.ui.pages.later import Later, LaterStack
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_KINDS_WIDTH = 290
K = TypeVar("K", bound=Kind)


class AdministrationPage(Retranslating, ReloadsWhenSeen, QWidget):
    """An administrator sees all of it, everybody else their own statistics and keys, the department
    and the proof, which `proof` makes. Each kind is made when it is first reached. `opened` gives a
    document's id, `asked` a question, `adding` wants files."""

    opened, asked, adding = Signal(str), Signal(str), Signal()

    def __init__(
        self,
        services: AdministrationServices,
        theme: Theme,
        language: Language,
        proof: Callable[[], ProofKind],
        door: Callable[[], DoorRow],
        *,
        is_whole: bool,
    ) -> None:
        super().__init__()
        self._services, self._theme, self._language = services, theme, language
        self._is_whole = is_whole
        self.losses = LossesCard(services, language)
        self._kinds: dict[type[Kind], Later[Kind]] = {
            **(self._for_administrators() if is_whole else {}),
            StatisticsKind: Later(self._make_statistics),
            KeysKind: Later(lambda: KeysKind(services, language, door())),
            DepartmentKind: Later(lambda: DepartmentKind(services, language)),
            ProofKind: Later(proof),
        }
        self._stack, self._group = LaterStack(list(self._kinds.values())), QButtonGroup(self)
        self.kinds: list[QPushButton] = []
        for place in range(len(self._kinds)):
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

    def _for_administrators(self) -> dict[type[Kind], Later[Kind]]:
        services, theme, language = self._services, self._theme, self._language
        return {
            MembersKind: Later(lambda: MembersKind(services, theme, language)),
            RightsKind: Later(lambda: RightsKind(services)),
            LogKind: Later(lambda: LogKind(services, language)),
            PoliciesKind: Later(lambda: PoliciesKind(services)),
            BackupsKind: Later(lambda: BackupsKind(services, language)),
            StorageUseKind: Later(lambda: StorageUseKind(services, language)),
        }

    def _make_statistics(self) -> StatisticsKind:
        made = StatisticsKind(self._services, self._theme, self._language)
        made.opened.connect(self.opened)
        made.asked.connect(self.asked)
        made.adding.connect(self.adding)
        return made

    def part(self, kind: type[K]) -> K:
        """The one of that kind."""
        made = self._kinds[kind].page
        assert isinstance(made, kind)
        return made

    def show_part(self, kind: type[Kind]) -> None:
        self.show_kind(list(self._kinds).index(kind))

    def show_kind(self, place: int) -> None:
        self.kinds[place].setChecked(True)
        self._stack.show_place(place)
        if self.isVisible():
            self._shown.load()

    @property
    def _shown(self) -> Kind:
        return list(self._kinds.values())[self._stack.place].page

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
        return self.kinds[self._stack.place]

    def _load(self) -> None:
        if self._is_whole:
            self.losses.load()
        self._shown.load()

    def showEvent(self, event: QShowEvent) -> None:
        """What was done on other pages is in the log as well: read anew each time."""
        self._stale = True
        super().showEvent(event)
