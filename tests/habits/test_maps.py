"""Maps name every room, and every room's map its modules."""

from pathlib import Path

import pytest

from app.domain import errors
from app.domain.errors import every_error

APP = Path(__file__).parents[2] / "app"
LAYERS = ("interface", "documents", "services", "engines", "store", "domain")
#: Migrations are listed in the order in which they run, in their package's own `__init__.py`.
ROOMS = [
    room
    for layer in LAYERS
    for room in sorted(each.parent for each in (APP / layer).rglob("__init__.py"))
    if "migrations" not in room.parts
]


@pytest.mark.parametrize("room", ROOMS, ids=lambda each: str(each.relative_to(APP)))
def test_a_map_names_what_is_in_its_room(room: Path) -> None:
    told = (room / "__init__.py").read_text("utf-8")
    modules = {each.stem for each in room.glob("*.py")} - {"__init__"}
    rooms = {each.parent.name for each in room.glob("*/__init__.py")}
    assert [name for name in sorted(modules | rooms) if name not in told] == []


def test_the_tree_of_errors_names_each() -> None:
    told = str(errors.__doc__)
    assert [each.__name__ for each in every_error() if each.__name__ not in told] == []
