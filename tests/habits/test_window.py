"""What every page keeps to: one way for slow work, one base for texts, services by name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from app.services.jobs import Worker
from app.services.session import Services
from app.ui.acts import Acts
from app.ui.assistants.overview import AssistantServices
from app.ui.chat.services import ChatServices
from app.ui.library.services import LibraryServices
from app.ui.models.overview import ModelServices
from app.ui.summaries.page import SummaryServices
from app.ui.training.services import TrainingServices
from tests.habits import ROOT, sources

UI = ROOT / "app" / "ui"
#: The one place that starts work, and the window's start, which has no page yet to speak over.
STARTERS = {"acts.py", "showing/demo.py"}
#: The one base that hears of another language, font or style.
LISTENER = "widgets/retranslating.py"
#: Who may hold everything behind the lock.
HOLDERS = {"application.py", "open_profile.py", "showing/demo.py"}
PYTHON_FILES_OF_A_ROOM = 12


def screens() -> list[Path]:
    found = [path for path in sources() if path.is_relative_to(UI)]
    assert len(found) > 120
    return found


def name_of(path: Path) -> str:
    return path.relative_to(UI).as_posix()


def bare_runs(tree: ast.AST) -> Iterator[int]:
    """Calls that look like Worker.run: on something named after a worker, or with its callbacks."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "run":
            continue
        callbacks = {"on_done", "on_error", "on_progress"} & {word.arg for word in node.keywords}
        if callbacks or _last_name(node.func.value) in _WORKERS:
            yield node.lineno


_WORKERS = {
    "reading", "answers", "background", "indexing", "attaching", "unlocking", "worker",
}  # fmt: skip


def _last_name(node: ast.expr) -> str:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return str(name).lstrip("_")


def imports(tree: ast.AST, module: str, name: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == module
        and name in {alias.name for alias in node.names}
        for node in ast.walk(tree)
    )


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in screens():
        yield name_of(path), ast.parse(path.read_text("utf-8"))


def test_slow_work_is_begun_by_acts_alone() -> None:
    found = [
        f"{name}:{line}"
        for name, tree in trees()
        if name not in STARTERS
        for line in bare_runs(tree)
    ]
    assert found == []


def test_no_page_holds_a_worker() -> None:
    holders = {name for name, tree in trees() if imports(tree, "app.services.jobs", "Worker")}
    assert holders == {"acts.py", "application.py"}


def test_one_base_hears_of_another_language() -> None:
    own = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "changeEvent"
    }
    assert own == {LISTENER}


def test_the_bag_of_services_stays_in_the_application() -> None:
    holders = {name for name, tree in trees() if imports(tree, "app.services.session", "Services")}
    assert "application.py" in holders
    assert holders <= HOLDERS


def test_a_room_has_no_more_files_than_can_be_seen_at_once() -> None:
    rooms: dict[str, int] = {}
    for path in screens():
        if path.name != "__init__.py":
            room = name_of(path.parent)
            rooms[room] = rooms.get(room, 0) + 1
    assert len(rooms) > 15
    assert {room: count for room, count in rooms.items() if count > PYTHON_FILES_OF_A_ROOM} == {}


def test_these_habits_find_what_they_look_for() -> None:
    bare = "self._services.reading.run(work)\nit.run(work, on_done=show)\nself.adding.run()"
    assert list(bare_runs(ast.parse(bare))) == [1, 2]
    bag = "from app.services.session import Services, Start"
    assert imports(ast.parse(bag), "app.services.session", "Services")


@pytest.mark.parametrize(
    "kind",
    [
        AssistantServices, ChatServices, LibraryServices, ModelServices, SummaryServices,
        TrainingServices,
    ],
)  # fmt: skip
def test_what_a_page_reaches_is_what_the_session_holds(kind: type[object]) -> None:
    """The window fills these by name, which no type checker sees."""
    held, wanted = get_type_hints(Services), get_type_hints(kind)
    assert wanted
    assert wanted == {name: Acts if held[name] is Worker else held[name] for name in wanted}
