"""What takes room in the workspace, and what of it may go without a loss."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.storage import CLEANABLE, Storage, StorageKind
from app.ui.administration.kind import AdministrationServices, Kind, scrolling
from app.ui.language import Language, filled
from app.ui.settings.setting import Setting
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import in_column, in_row, wide


class StorageUseKind(Kind):
    icon = "database"

    def __init__(self, services: AdministrationServices, language: Language) -> None:
        super().__init__(services)
        self._language, self._found = language, list[Storage]()
        self.whole = label("strong")
        self.sizes = {kind: label("muted") for kind in StorageKind}
        self.clean: dict[StorageKind, QPushButton] = {
            kind: button("", partial(self.remove, kind))
            for kind in StorageKind
            if kind in CLEANABLE
        }
        self._lines = {kind: Setting(self._beside(kind)) for kind in StorageKind}
        listed = scrolling(self._lines.values())
        in_column(
            self.heading, self._about, self.whole, wide(listed), on=self, margins=0, spacing=8
        )
        self._retranslate()

    def _beside(self, kind: StorageKind) -> QWidget:
        beside = QWidget()
        parts = (self.sizes[kind], self.clean[kind]) if kind in self.clean else (self.sizes[kind],)
        in_row(*parts, on=beside, margins=0, spacing=12)
        return beside

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Storage"))
        self._about.setText(
            self.tr("What lies in the data folder. What may go is made again when it is needed.")
        )
        for kind, (title, about) in self._words().items():
            self._lines[kind].say(title, about)
        for made in self.clean.values():
            made.setText(self.tr("Remove"))
        self._show(self._found)

    def _words(self) -> dict[StorageKind, tuple[str, str]]:
        return {
            StorageKind.ORIGINALS: (
                self.tr("Original documents"),
                self.tr("Encrypted copies of the files that were added."),
            ),
            StorageKind.INDEXES: (
                self.tr("Passages and indexes"),
                self.tr("What was read of the documents, and how it is found."),
            ),
            StorageKind.CONVERSATIONS: (
                self.tr("Conversations"),
                self.tr("With summaries and notes, of all profiles."),
            ),
            StorageKind.MODELS: (
                self.tr("Models"),
                self.tr("Those that were added here; remove them on the Models page."),
            ),
            StorageKind.ADAPTERS: (self.tr("Adapters"), self.tr("Of finished trainings.")),
            StorageKind.TRAININGS: (
                self.tr("Trainings"),
                self.tr("Their state, with which they go on; remove them on the Training page."),
            ),
            StorageKind.PREPARED: (
                self.tr("Prepared prompts"),
                self.tr("What a model has read already, so that it answers sooner."),
            ),
            StorageKind.SPARE: (
                self.tr("Spare copies"),
                self.tr("Of small databases; they replace one that was damaged."),
            ),
            StorageKind.MIGRATED: (
                self.tr("Copies from before an update"),
                self.tr("Databases as they were before a newer version changed them."),
            ),
            StorageKind.ASIDE: (
                self.tr("Set aside"),
                self.tr("Files that no database names. They are deleted after 30 days."),
            ),
            StorageKind.LOG: (self.tr("Program log"), self.tr("Without anybody's words.")),
            StorageKind.OTHER: (
                self.tr("Everything else"),
                self.tr("The workspace itself, and room that is kept for deletions."),
            ),
        }

    def load(self) -> None:
        storage = self._services.administration.storage
        self._services.reading.begin(self, lambda _: storage.all(), self._show)

    def _show(self, found: list[Storage]) -> None:
        self._found = found
        size = self._language.size
        for each in found:
            files = self.tr("%n file(s)", "", each.files)
            self.sizes[each.kind].setText(f"{size(each.size)} · {files}")
            self._lines[each.kind].setVisible(each.files > 0)
        counts = {each.kind: each.files for each in found}
        for kind, made in self.clean.items():
            made.setEnabled(counts.get(kind, 0) > 0)
        whole = sum(each.size for each in found)
        self.whole.setText(filled(self.tr("%1 in all"), size(whole)) if found else "")

    def remove(self, kind: StorageKind) -> None:
        """Make room: nothing that anybody made is lost."""
        storage = self._services.administration.storage
        self._services.background.begin(self, lambda _: storage.clean(kind), ended=self.load)
