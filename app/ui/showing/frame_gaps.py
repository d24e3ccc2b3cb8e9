"""How long the window's event loop is held up: what a user sees as a hitch."""

import json
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

#: A frame at 120 Hz; what lies between two beats beyond that is a gap.
_BEAT_MS = 8
#: Milliseconds from which a user notices that nothing moves (results/window.md).
_NOTICED_MS = 100


class FrameGaps(QObject):
    """Beats in the window thread between `start` and `stop`; milliseconds between two beats."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = self._began = 0.0
        self._gaps: list[float] = []
        self._hitches: list[tuple[float, int]] = []

    def start(self) -> None:
        self._last = self._began = time.perf_counter()
        self._timer.start(_BEAT_MS)

    def stop(self) -> dict[str, float]:
        """Of all gaps, in milliseconds: the 50th and 99th percentile, the longest, how many."""
        self._timer.stop()
        gaps = sorted(self._gaps) or [0.0]

        def share(part: float) -> float:
            return round(gaps[min(int(len(gaps) * part), len(gaps) - 1)], 2)

        return {"p50": share(0.5), "p99": share(0.99), "longest": share(1.0), "beats": len(gaps)}

    def write(self, file: Path) -> None:
        """Stop, and write the same as JSON, with what a user notices: seconds since the start, and
        milliseconds."""
        told = {"frame_gap_ms": self.stop(), "hitches": self._hitches}
        file.write_text(json.dumps(told) + "\n", encoding="utf-8")

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1000
        self._gaps.append(gap)
        if gap > _NOTICED_MS:
            self._hitches.append((round(now - self._began, 1), round(gap)))
        self._last = now
