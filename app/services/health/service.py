"""The health check before a profile is open, and the report of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app import log
from app.domain.models.machine import Machine
from app.domain.repairs import Repairable
from app.paths import Paths
from app.services.health import report
from app.services.health.check import Check
from app.services.health.machine_checks import MachineChecks
from app.services.health.repairs import Repair, of_folder


class HealthService:
    """Of a workspace, whether it exists or not."""

    def __init__(self, paths: Paths, survey: Callable[[], Machine]) -> None:
        self._paths = paths
        self._survey = survey

    def checks(self) -> Iterator[Check]:
        """Make every check that needs no profile, one after the other; see MachineChecks."""
        return MachineChecks(self._paths, self._survey).run()

    def one(self, name: str) -> Check:
        """One of them again."""
        return MachineChecks(self._paths, self._survey).one(name)

    def repairs(self) -> Mapping[Repairable, Repair]:
        """For those of them that failed, where nothing is lost by it."""
        return of_folder(self._paths.data)

    def report(self, checks: Sequence[Check]) -> report.Report:
        """Collect what can be sent to a stranger: these checks, the log, versions and hardware."""
        return report.collect(self._paths.log, self._machine(), checks)

    def _machine(self) -> Machine | None:
        try:
            return self._survey()
        except Exception as error:  # noqa: BLE001  a report is wanted above all where this fails
            log.failure(error)
            return None
