"""Backups: how old the last one is, one made now, and when the next ones come."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.domain.backups import BackupChoice, BackupReport, BackupSchedule, LastBackup, Retention
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.words import AdministrationWords
from app.ui.language import Language, filled
from app.ui.settings.setting import Choice, Setting
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row

#: Hours between backups, 0 for never.
_HOURS = (0, 24, 168)


class BackupsKind(Kind):
    icon = "file-archive"

    def __init__(self, services: AdministrationServices, language: Language) -> None:
        super().__init__(services)
        self._words, self._language = AdministrationWords(language), language
        self._last: LastBackup | None = None
        self._schedule: BackupSchedule | None = None
        self._made: BackupReport | None = None
        self.now = button("primary", self._ask_where)
        self._state, self._told = label("strong", wrap=True), label("muted", wrap=True)
        self.hours = Choice(_HOURS)
        self.hours.chosen.connect(self.plan)
        self._line, self._note = Setting(self.hours), label("small", wrap=True)
        head = in_row(self.heading, STRETCH, self.now, spacing=8)
        in_column(
            head, self._about, 6, self._state, self._told, 6, self._line, STRETCH, self._note,
            on=self, margins=0, spacing=10,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Backups"))
        self._about.setText(
            self.tr(
                "Encrypted copies of everything but the models, in a folder on another drive. Only "
                "what changed is written again, and each is read back before it counts."
            )
        )
        self.now.setText(self.tr("Back up now…"))
        self._note.setText(
            self.tr(
                "To restore, close the program and use “larets restore FOLDER”; with “--dry-run” "
                "it says first what it would do. A password of an administrator opens a backup on "
                "any computer."
            )
        )
        self._show((self._last, self._schedule))

    def load(self) -> None:
        backups = self._services.administration.backups
        self._services.reading.begin(
            self, lambda _: (backups.last(), backups.schedule()), self._show
        )

    def _show(self, found: tuple[LastBackup | None, BackupSchedule | None]) -> None:
        self._last, self._schedule = found
        if self._last is None:
            self._state.setText(self.tr("There is no backup yet."))
        else:
            moment = self._words.moment(self._last.moment)
            self._state.setText(filled(self.tr("Last backup: %1, verified"), moment))
        self._told.setText(self._details())
        self._told.setVisible(bool(self._told.text()))
        title = self.tr("Automatic")
        folder = self._folder()
        about = (
            filled(self.tr("While the program is open, into %1."), folder)
            if folder
            else self.tr("Make the first backup by hand: the next ones go into the same folder.")
        )
        self._line.say(title, about)
        self.hours.say((self.tr("Never"), self.tr("Daily"), self.tr("Weekly")), title)
        self.hours.show_chosen(self._schedule.hours if self._schedule else 0)
        self.hours.setEnabled(bool(folder))

    def _details(self) -> str:
        made = self._made
        if made is None:
            return self._last.folder if self._last else ""
        size = self._language.size(made.size)
        text = self.tr("%1 files, %2, of them new: %3")
        return filled(text, made.files, size, self._language.size(made.new_bytes))

    def _folder(self) -> str:
        if self._schedule:
            return self._schedule.folder
        return self._last.folder if self._last else ""

    # -- acts -------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("A folder for the backup"), self._folder()
        )
        if chosen:
            self.make(Path(chosen))

    def make(self, folder: Path) -> None:
        """Make a backup now."""
        backups = self._services.administration.backups
        self.now.setEnabled(False)
        self._told.setText(self.tr("The backup is being written…"))
        self._told.show()
        self._services.background.begin(
            self,
            lambda job: backups.create(folder, BackupChoice(), job),
            self._done,
            title=self.tr("Backup"),
            ended=self._ended,
        )

    def _done(self, made: BackupReport) -> None:
        self._made = made
        self.load()

    def _ended(self) -> None:
        self.now.setEnabled(True)
        self._told.setText(self._details())

    def plan(self, hours: int) -> None:
        """Have backups made by themselves after so many hours, 0 for never."""
        backups, folder = self._services.administration.backups, self._folder()
        schedule = BackupSchedule(folder, retention=Retention()) if hours and folder else None
        if schedule:
            schedule = replace(schedule, hours=hours)
        self._services.background.begin(
            self, lambda _: backups.plan(schedule), lambda _: self.load()
        )
