"""What the whole tree keeps to."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    """Files under version control; in a tree without it, all of the program and its tests."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout
    if listed:
        found = [ROOT / name for name in listed.decode().split("\0") if name]
    else:
        folders = ("app", "tests", "packaging", "resources")
        found = [each for folder in folders for each in (ROOT / folder).rglob("*")]
    return [each for each in found if each.is_file()]


def sources() -> list[Path]:
    return sorted((ROOT / "app").rglob("*.py"))
