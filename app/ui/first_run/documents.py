"""What is asked about: the sample library, or a user's own files."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.events import LibraryChanged
from app.domain.library.documents import AddProgress
from app.ui.first_run.services import FirstRunServices
from app.ui.first_run.step import Step
from app.ui.language import filled
from app.ui.pages.dropping import TakesFiles
from app.ui.theme import Theme
from app.ui.widgets.controls import Bar, IconButton, button, frame, label
from app.ui.widgets.layouts import UPRIGHT, aligned, in_column, in_row, wide


class DocumentsStep(TakesFiles, Step):
    """`over` comes when the first documents can be asked about."""

    def __init__(self, services: FirstRunServices, theme: Theme) -> None:
        super().__init__()
        self._services, self._theme = services, theme
        self._count, self._chosen = 0, False
        self.sampled = False
        self.take_samples, self.folder, self.files = (
            button("", self.add_samples), button("", self._choose_folder),
            button("", self._choose_files),
        )  # fmt: skip
        self._words = {each: (label("strong"), label("small", wrap=True)) for each in range(2)}
        self._doing, self._bar = label("muted", wrap=True), Bar()
        self._doing.hide()
        self._bar.hide()
        self.hold(
            self._card("book-open", 0, self.take_samples),
            self._card("paperclip", 1, self.folder, self.files),
            4, self._doing, self._bar,
        )  # fmt: skip
        self.setAcceptDrops(True)
        adding = services.adding
        adding.progressed.connect(self._progressed)
        adding.ended.connect(lambda _: self.begin())
        adding.failed.connect(lambda _: self.begin())
        services.events.subscribe(LibraryChanged, lambda _: self.begin())
        self._retranslate()

    def _card(self, icon: str, place: int, *acts: QWidget) -> QWidget:
        card = frame("card")
        sign = IconButton(self._theme, icon, lambda: None, size=22, color="accent")
        sign.setEnabled(False)
        words = in_column(*self._words[place], spacing=4)
        in_row(
            aligned(sign, UPRIGHT), wide(words), *(aligned(act, UPRIGHT) for act in acts), on=card,
            margins=(14, 14, 18, 14), spacing=10,
        )  # fmt: skip
        return card

    def _retranslate(self) -> None:
        self.say(
            self.tr("Add the documents to ask about"),
            self.tr("Larets keeps an encrypted copy; your files stay where they are."),
        )
        (samples, about_samples), (own, about_own) = self._words.values()
        samples.setText(self.tr("Sample library"))
        about_samples.setText(
            self.tr("Documents of a made-up company to try things out; remove it at any time.")
        )
        own.setText(self.tr("Your documents"))
        about_own.setText(
            self.tr("PDF, Word, Excel, mails, pictures and more; a folder with all that is in it.")
        )
        self.take_samples.setText(self.tr("Use it"))
        self.folder.setText(self.tr("Folder…"))
        self.files.setText(self.tr("Files…"))
        self.changed.emit()

    @property
    def note(self) -> str:
        return self.tr("%n document(s)", "", self._count) if self._count else ""

    @property
    def ready(self) -> bool:
        return self._count > 0

    def begin(self) -> None:
        library = self._services.library
        self._services.reading.begin(self, lambda _: library.counts()[0], self._counted)

    def _counted(self, count: int) -> None:
        begins = count > 0 and self._chosen and not self._services.adding.busy
        self._count = count
        if not self._services.adding.busy:
            self._doing.hide()
            self._bar.hide()
        self.changed.emit()
        if begins:
            self._chosen = False
            self.over.emit()

    def _progressed(self, progress: AddProgress) -> None:
        self._doing.setText(
            filled(self.tr("Reading %1 of %2…"), progress.done + 1, max(progress.total, 1))
        )
        self._bar.setMaximum(max(progress.total, 1) * 100)
        self._bar.setValue(round((progress.done + progress.fraction) * 100))
        self._doing.show()
        self._bar.show()

    def add_samples(self) -> None:
        self.sampled = True
        samples = self._services.samples
        self.add([samples.folder], (samples.tag,))

    def add(self, paths: list[Path], tags: Collection[str] = ()) -> None:
        """Read them; the step is over when they can be asked about."""
        self._chosen = True
        self._services.adding.add(paths, "", tags)

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Add a folder")):
            self.add([Path(name)])

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if names:
            self.add([Path(name) for name in names])

    def _take_files(self, paths: list[Path]) -> None:
        self.add(paths)
