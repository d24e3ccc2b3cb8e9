"""Each role's way through the real program; every step has to show what it leads to."""

from collections.abc import Callable

import pytest

from tests.tour.conftest import PASSWORD
from tests.tour.roles.administrator import administrator
from tests.tour.roles.editor import editor
from tests.tour.roles.reader import reader
from tests.tour.tour import Tour

pytestmark = [pytest.mark.slow, pytest.mark.model]


@pytest.mark.parametrize("way", [administrator, editor, reader])
def test_a_role_comes_through(tour: Tour, way: Callable[[Tour, str], None]) -> None:
    way(tour, PASSWORD)
    assert len(tour.took) >= 30
