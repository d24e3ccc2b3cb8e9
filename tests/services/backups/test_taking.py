"""Backups of a workspace with everything open: who may, when they are due, what is remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.backups import BackupChoice, BackupSchedule, Retention
from app.domain.errors import AccessDenied, BackupInside
from app.domain.progress import NoControl
from tests.services.conftest import House


def test_one_of_a_schedule_is_made_when_it_is_due_and_its_folder_is_there(
    house: House, tmp_path: Path
) -> None:
    backups, drive = house.services.administration.backups, tmp_path / "drive"
    assert backups.create_due(NoControl()) is None
    backups.plan(BackupSchedule(str(drive / "backup"), 24, Retention(1, 1, 1)))
    assert backups.create_due(NoControl()) is None
    assert backups.last() is None
    drive.mkdir()
    made = backups.create_due(NoControl())
    last = backups.last()
    assert made
    assert last
    assert (last.snapshot, last.folder) == (made.snapshot, str(drive / "backup"))
    assert backups.create_due(NoControl()) is None
    backups.plan(None)
    assert backups.schedule() is None


def test_a_retention_lets_older_snapshots_go(house: House, tmp_path: Path) -> None:
    backups = house.services.administration.backups
    first = backups.create(tmp_path / "backup", BackupChoice(), NoControl())
    choice = BackupChoice(retention=Retention(1, 1, 1))
    assert backups.create(tmp_path / "backup", choice, NoControl()).removed == (first.snapshot,)


def test_only_an_administrator_takes_or_plans_them(
    open_house: Callable[..., House], tmp_path: Path
) -> None:
    backups = open_house("Egor").services.administration.backups
    with pytest.raises(AccessDenied):
        backups.create(tmp_path / "backup", BackupChoice(), NoControl())
    with pytest.raises(AccessDenied):
        backups.plan(None)
    assert not (tmp_path / "backup").exists()


def test_a_plan_into_the_data_itself_is_refused(house: House) -> None:
    schedule = BackupSchedule(str(house.paths.data / "backup"))
    with pytest.raises(BackupInside):
        house.services.administration.backups.plan(schedule)
