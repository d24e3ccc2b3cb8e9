from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app import log, paths, wiring
from app.domain.errors import AccessDenied, ProfileMissing
from app.domain.roles import Role
from app.engines.fake import fake_engines
from tests.services.conftest import PASSWORD, RESOURCES, House


def test_an_administrator_makes_and_deletes_profiles(
    house: House, open_house: Callable[..., House]
) -> None:
    profiles = house.services.profiles
    created = profiles.create("Olga", PASSWORD, Role.READER)
    assert (created.name, created.role) == ("Olga", Role.READER)
    assert profiles.names() == ["Anna", "Egor", "Rita", "Olga"]
    open_house("Olga")
    open_house("Anna").services.profiles.delete("Olga")
    with pytest.raises(ProfileMissing):
        open_house("Olga")


def test_others_do_not(open_house: Callable[..., House]) -> None:
    profiles = open_house("Egor").services.profiles
    with pytest.raises(AccessDenied):
        profiles.create("Olga", PASSWORD, Role.ADMINISTRATOR)
    with pytest.raises(AccessDenied):
        profiles.delete("Anna")
    assert profiles.names() == ["Anna", "Egor", "Rita"]


def test_a_system_that_starts_no_process_keeps_nobody_out(tmp_path: Path) -> None:
    def refuse() -> None:
        raise BlockingIOError(11, "no more processes")

    found = paths.Paths(tmp_path / "data", tmp_path / "kit", RESOURCES)
    log.begin(found.log, log.Code("test"))
    begun = wiring.start(found, replace(fake_engines(), begin_embedding=refuse))
    begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    begun.prepare()
    begun.open("Anna", PASSWORD, lambda call: call()).close()
    log.end()
    told = (found.log / log.NAME).read_text("ascii")
    assert "failure kind=BlockingIOError errno=11" in told
