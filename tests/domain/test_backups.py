"""Which snapshots stay, and when a backup is due."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.backups import BackupSchedule, LastBackup, Retention, is_due, kept

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
DAYS = [(f"{day} days ago", (NOON - timedelta(days=day)).timestamp()) for day in range(400)]


def test_the_newest_of_so_many_days_weeks_and_months_stay() -> None:
    stay = kept(DAYS, Retention(daily=3, weekly=2, monthly=2), "0 days ago")
    # On a Tuesday, the last of March: the week before ended 2 days ago, February 31 days ago.
    assert stay == {"0 days ago", "1 days ago", "2 days ago", "31 days ago"}


def test_what_was_just_verified_stays_whatever_the_clock_says() -> None:
    assert "399 days ago" in kept(DAYS, Retention(1, 1, 1), "399 days ago")


@pytest.mark.parametrize(("hours", "due"), [(23, False), (24, True), (-1, True)])
def test_a_backup_is_due_after_its_hours_and_after_a_clock_was_set_back(
    hours: int, due: bool
) -> None:
    last = LastBackup(1e9, "a", "/b")
    assert is_due(BackupSchedule("/b"), last, 1e9 + hours * 3600) is due
