"""What a run must not take from the rest of the computer: memory, disk, the battery's last hour."""

from app.domain.training.training import Trouble
from app.store.models.trainings import RunFiles

#: Free memory under which everything else begins to suffer, bytes.
_MEMORY = 300 * 2**20
#: Free disk that a checkpoint must leave, bytes; percent of a battery that nothing charges.
_DISK, _BATTERY = 2**30, 20


class Watch:
    def __init__(self, files: RunFiles) -> None:
        self._files = files

    def trouble(self) -> Trouble | None:
        """Why the run had better pause now."""
        import psutil

        if psutil.virtual_memory().available < _MEMORY:
            return Trouble.MEMORY
        if self._files.free_space() < _DISK:
            return Trouble.DISK
        battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
        if battery and not battery.power_plugged and battery.percent < _BATTERY:
            return Trouble.BATTERY
        return None
