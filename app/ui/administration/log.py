"""The audit log: searched, verified, written into a file."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from app.services.administration.audit_log import LogRow
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.table import RowsTable
from app.ui.administration.words import AdministrationWords
from app.ui.language import Language, filled
from app.ui.pages.files import ask_where
from app.ui.widgets.controls import button, invite, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide

#: Rows that are shown, the newest; a search looks through all.
_SHOWN = 500
#: Milliseconds after the last key.
_SETTLES = 250


class LogKind(Kind):
    icon = "scroll-text"

    def __init__(self, services: AdministrationServices, language: Language) -> None:
        super().__init__(services)
        self._words = AdministrationWords(language)
        self._found: list[LogRow] = []
        self._whole: bool | None = None
        self.search, self.table = QLineEdit(), RowsTable(2, 2, 2, 4)
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLES)
        self._soon.timeout.connect(self.load)
        self.search.textChanged.connect(lambda _: self._soon.start())
        self.verify, self.export = button("", self.check), button("", self._ask_where)
        self._state, self._cut = label("strong", wrap=True), label("small", wrap=True)
        head = in_row(self.heading, STRETCH, self.verify, self.export, spacing=8)
        in_column(
            head, self._about, self._state, self.search, wide(self.table), self._cut,
            on=self, margins=0, spacing=10,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Audit log"))
        self._about.setText(
            self.tr(
                "Who did what, never questions or answers. Each entry is sealed over all before it "
                "and signed by the profile that acted."
            )
        )
        invite(self.search, self.tr("Find a profile, an act or a name"))
        self.verify.setText(self.tr("Verify"))
        self.export.setText(self.tr("Export…"))
        self.table.say(
            self.heading.text(),
            self.tr("When"),
            self.tr("Profile"),
            self.tr("Act"),
            self.tr("Of what"),
        )
        self._say_state()
        self._show(self._found)

    def load(self) -> None:
        log, wanted = self._services.administration.log, self.search.text()
        self._services.reading.begin(self, lambda _: log.rows(wanted), self._show)

    def check(self) -> None:
        """Verify the whole chain."""
        log = self._services.administration.log
        self.verify.setEnabled(False)
        self._services.background.begin(
            self, lambda _: log.is_intact(), self._checked,
            ended=lambda: self.verify.setEnabled(True),
        )  # fmt: skip

    def _checked(self, whole: bool) -> None:
        self._whole = whole
        self._say_state()

    def _say_state(self) -> None:
        if self._whole is None:
            self._state.setText(self.tr("Not verified yet in this session."))
        elif self._whole:
            self._state.setText(self.tr("Verified: no entry was changed, removed or put in."))
        else:
            self._state.setText(
                self.tr("Broken: entries were changed, removed or put in. Compare with a backup.")
            )

    def _show(self, found: list[LogRow]) -> None:
        self._found = found
        shown = list(reversed(found[-_SHOWN:]))
        self.table.show_rows(
            [
                (
                    self._words.moment(datetime.fromisoformat(row.moment).timestamp()),
                    row.profile,
                    self._words.act(row.act),
                    row.subject,
                )
                for row in shown
            ]
        )
        if len(found) > len(shown):
            text = filled(self.tr("The newest %1 of %2 entries; an export has all."), len(shown),
                          len(found))  # fmt: skip
        else:
            text = filled(self.tr("Entries: %1"), len(found))
        self._cut.setText(text)

    def _ask_where(self) -> None:
        kinds = {"CSV (*.csv)": ".csv", "JSON (*.jsonl)": ".jsonl"}
        path = ask_where(self, self.tr("Export the audit log"), self.heading.text(), kinds, "log")
        if path is None:
            return
        log, rows = self._services.administration.log, list(self._found)
        self._services.background.begin(
            self, lambda _: log.export(path, rows), lambda _: self.load()
        )
