"""Which files of a folder no reader knows, in words."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QObject

#: Suffixes that are named; of more there is the number alone.
_NAMED = 6


class LeftOutFiles(QObject):
    """Counted by their suffixes until they are told."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()

    def note(self, found: Mapping[str, int]) -> None:
        """Files of another folder, "" where they have no suffix."""
        self._counts += Counter(dict(found))

    def taken(self) -> dict[str, int]:
        """What was noted since the last time."""
        counts, self._counts = self._counts, Counter()
        return dict(counts)

    def told(self, found: Mapping[str, int]) -> str:
        """How many there were and of which formats, the commonest first."""
        counts = Counter(dict(found))
        bare = self.tr("without a suffix")
        named = [f"{count} × {suffix or bare}" for suffix, count in counts.most_common(_NAMED)]
        if len(counts) > len(named):
            named.append("…")
        total = counts.total()
        told = self.tr("%n file(s) of formats that are not read were left out", "", total)
        return f"{told}: {', '.join(named)}."
