"""How long the window's event loop is held up: what a user sees as a hitch."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

#: A frame at 120 Hz; what lies between two beats beyond that is a gap.
_BEAT_MS = 8


class FrameGaps(QObject):
    """Beats in the window thread between `start` and `stop`; milliseconds between two beats."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._gaps: list[float] = []

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start(_BEAT_MS)

    def stop(self) -> dict[str, float]:
        """Of all gaps, in milliseconds: the 50th and 99th percentile, the longest, how many."""
        self._timer.stop()
        gaps = sorted(self._gaps) or [0.0]

        def share(part: float) -> float:
            return round(gaps[min(int(len(gaps) * part), len(gaps) - 1)], 2)

        return {"p50": share(0.5), "p99": share(0.99), "longest": share(1.0), "beats": len(gaps)}

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now
