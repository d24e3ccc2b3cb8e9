"""Every number that cites a measurement names a table that is in the repository."""

import re

from tests.habits import ROOT, sources

RESULTS = ROOT / "tests" / "bench" / "results"
_CITED = re.compile(r"results/([\w-]+\.md)")


def test_every_cited_table_is_there_and_every_table_is_cited() -> None:
    cited = {name for path in sources() for name in _CITED.findall(path.read_text("utf-8"))}
    cited |= set(_CITED.findall((ROOT / "resources" / "models.toml").read_text("utf-8")))
    there = {path.name for path in RESULTS.glob("*.md")} - {"README.md"}
    assert len(there) > 5
    assert cited == there


def test_no_number_cites_what_is_not_in_the_repository() -> None:
    outside = re.compile(r"\(facts: \d|peers-\w+ \d|retrieval report|shared research")
    found = [str(path) for path in sources() if outside.search(path.read_text("utf-8"))]
    assert found == []
