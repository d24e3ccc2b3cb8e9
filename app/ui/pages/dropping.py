"""Files that are dragged onto a page."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.ui.widgets.retranslating import Mixin


class TakesFiles(Mixin):
    """Stands before the Qt class among the bases; works while `setAcceptDrops` is on."""

    def _is_wanted(self, path: Path) -> bool:
        """Whether a file or a folder may be dropped here; every one where nothing else is said."""
        return True

    def _take_files(self, paths: list[Path]) -> None:
        """Those that are wanted were dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_files(self._dropped(event))

    def _dropped(self, event: QDropEvent) -> list[Path]:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in local if self._is_wanted(path)]
