from collections.abc import Callable

import pytest

from app.domain.errors import AccessDenied, ProfileMissing
from app.domain.roles import Role
from tests.services.conftest import PASSWORD, House


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
