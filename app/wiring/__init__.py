"""The only place that builds objects: start() before unlocking, its open() after."""

import time

from app import log
from app.engines.base import Engines
from app.paths import Paths
from app.services.backups.restoring import RestoreService
from app.services.health.service import HealthService
from app.services.jobs import Post
from app.services.profiles.profiles import ProfileService
from app.services.salvage.service import SalvageService
from app.services.session import Services, Start
from app.services.training.runs import TrainingRuns
from app.store.vault.vault import Vault
from app.wiring.engines import real_engines
from app.wiring.profile import build


def start(paths: Paths, engines: Engines | None = None) -> Start:
    vault = Vault(paths.data, paths.witness)
    vault.tidy()
    chosen = engines or real_engines()
    runs = TrainingRuns(chosen.start_training)

    def open_profile(name: str, password: str, post: Post) -> Services:
        began = time.monotonic()
        unlocked = vault.unlock(name, password)
        log.event("unlocked", role=unlocked.role, seconds=time.monotonic() - began)
        try:
            return build(paths, vault, unlocked, post, chosen, runs)
        except BaseException:
            unlocked.close()
            raise

    def prepare() -> None:
        try:
            chosen.begin_embedding()
        except OSError as error:
            log.failure(error)  # the user hears of it when something is to be embedded

    def end() -> None:
        runs.close()
        chosen.end_embedding()

    health = HealthService(paths, lambda: chosen.survey())
    return Start(
        paths, ProfileService(vault), health, RestoreService(paths), SalvageService(paths),
        prepare, open_profile, end,
    )  # fmt: skip
