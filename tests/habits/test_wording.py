import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.habits import ROOT, sources, tracked

_VAGUE = re.compile(r"(?:Manager|Helper|Util|Utils|Handler)$|_(?:manager|helper|utils?|handler)$")
# Spelled apart, so that this file passes its own checks.
_LEFT_OVER = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
_MACHINE = re.compile(
    "(?<![\\w.:/])/(?:" + "|".join(("root", "home/\\w", "work", "Users/\\w")) + ")\\b"
)
_REGISTRY = re.compile(
    r"\b(?:" + "|".join(("pypi" + r"\.org", "python" + "hosted", "hugging" + r"face\.co",
                         "arti" + "factory", "nex" + "us\\.")) + ")"
)  # fmt: skip


def names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield str(path.relative_to(ROOT)), raw.decode("utf-8")


def found(pattern: re.Pattern[str], but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}: {match[0]}"
        for name, text in texts()
        if not name.startswith(but)
        for match in pattern.finditer(text)
    ]


def test_no_name_hides_what_it_does() -> None:
    vague = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources()
        for name in names(path)
        if _VAGUE.search(name)
    ]
    assert vague == []


def test_nothing_was_left_for_later() -> None:
    assert found(_LEFT_OVER) == []


def test_no_file_names_a_place_of_one_machine() -> None:
    assert found(_MACHINE, ("LICENSE",)) == []


def test_no_file_names_a_package_host() -> None:
    assert found(_REGISTRY) == []


def test_these_patterns_find_what_they_look_for() -> None:
    assert _VAGUE.search("ModelManager")
    assert not _VAGUE.search("manage")
    assert _MACHINE.search("see /ro" + "ot/x")
    assert not _MACHINE.search("~/.local/root and a/root")
    assert _REGISTRY.search("from pypi" + ".org")


def test_what_the_audit_log_records_has_words() -> None:
    told = (ROOT / "app" / "ui" / "administration" / "words.py").read_text("utf-8")
    recorded = {
        act
        for path in sources()
        for act in re.findall(r"[._]record\(\s*\"([a-z-]+)\"", path.read_text("utf-8"))
    }
    assert len(recorded) > 30
    assert {act for act in recorded if f'"{act}": self.tr(' not in told} == set()
