"""The only place that builds objects: start() before unlocking, its open() after."""

import time
from dataclasses import replace

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
from app.store.stand_in import StandIn, is_read_only
from app.store.vault.vault import Vault
from app.wiring.engines import real_engines
from app.wiring.profile import build


def start(paths: Paths, engines: Engines | None = None) -> Start:
    vault = Vault(paths.data, paths.witness)
    vault.tidy()
    chosen = engines or real_engines()
    runs = TrainingRuns(chosen.start_training)

    def open_profile(name: str, password: str, post: Post) -> Services:
        if not is_read_only(paths.data):
            return _opened(paths, vault, name, password, post, chosen, runs)
        vault.proven(name, password)
        return _opened_for_reading(paths, name, password, post, chosen, runs)

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


def _opened(
    paths: Paths,
    vault: Vault,
    name: str,
    password: str,
    post: Post,
    engines: Engines,
    runs: TrainingRuns,
) -> Services:
    began = time.monotonic()
    unlocked = vault.unlock(name, password)
    log.event("unlocked", role=unlocked.role, seconds=time.monotonic() - began)
    try:
        return build(paths, vault, unlocked, post, engines, runs)
    except BaseException:
        unlocked.close()
        raise


def _opened_for_reading(
    paths: Paths, name: str, password: str, post: Post, engines: Engines, runs: TrainingRuns
) -> Services:
    """From a medium that cannot be written to: a folder on this computer stands in for it."""
    stand_in = StandIn(paths.data)
    there = replace(paths, data=stand_in.data, medium=paths.data, witness=None)
    try:
        services = _opened(there, Vault(there.data), name, password, post, engines, runs)
    except BaseException:
        stand_in.remove()
        raise

    def close() -> None:
        try:
            services.close()
        finally:
            stand_in.remove()

    return replace(services, close=close, medium=paths.data)
