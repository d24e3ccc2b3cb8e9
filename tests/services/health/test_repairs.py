"""What failed is repaired, and the check says so; each role repairs what it may."""

import os
import stat
import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.domain.errors import AccessDenied
from app.domain.repairs import Repairable
from app.engines.fake import FakeChat
from app.services.health.check import Check
from app.services.health.service import HealthService
from app.services.session import Services
from app.store.files import TEMPORARY
from tests.services.conftest import House, begin


def health(house: House) -> HealthService:
    return begin(house.paths.data.parent, FakeChat()).health


def index(services: Services) -> Check:
    check = services.administration.doctor.one("search-index")
    assert check is not None
    return check


def found(services: Services, word: str) -> list[str]:
    """Names of the documents that have it, by the index of words."""
    opened = services.library.open_collections.one(None)
    ids = [each.passage for each in opened.index.by_words(word, 5)]
    return [each.name for each in opened.store.passages(ids).values()]


def lose_words(house: House, document: str) -> None:
    """Of one passage, behind the program's back."""
    opened = house.services.library.open_collections.one(None)
    with opened.store.database.transaction() as connection:
        connection.execute(
            text(
                "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE "
                "document = (SELECT id FROM documents WHERE name = :name))"
            ),
            {"name": document},
        )


def test_an_index_that_lost_words_is_built_anew(house: House) -> None:
    services = house.services
    files = [house.file(f"{name}.txt", f"The {name} pump.") for name in ("red", "blue", "grey")]
    services.library.add(files)
    assert index(services).passed
    lose_words(house, "blue.txt")
    assert "blue.txt" not in found(services, "blue")
    check = index(services)
    assert (check.passed, check.shown) == (False, {"names": "Library"})
    services.administration.doctor.repairs.offered()[Repairable.SEARCH_INDEX]()
    assert index(services).passed
    assert found(services, "blue") == ["blue.txt"]


def test_words_without_a_passage_are_noticed_too(house: House) -> None:
    house.services.library.add([house.file("a.txt", "The red pump.")])
    opened = house.services.library.open_collections.one(None)
    with opened.store.database.transaction() as connection:
        connection.execute(
            text("INSERT INTO passage_words(rowid, exact, stems) VALUES (9999, 'ghost', 'ghost')")
        )
    assert not index(house.services).passed
    house.services.administration.doctor.repairs.all()[Repairable.SEARCH_INDEX]()
    assert opened.index.by_words("ghost", 3) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows inherits rights instead")
def test_rights_of_others_are_taken_away(house: House) -> None:
    house.paths.data.chmod(0o777)
    assert not health(house).one("permissions").passed
    health(house).repairs()[Repairable.PERMISSIONS]()
    assert health(house).one("permissions").passed
    assert stat.S_IMODE(house.paths.data.stat().st_mode) == 0o700


def test_half_written_files_go_once_nobody_writes_them(house: House) -> None:
    old, new = (house.paths.data / f"{TEMPORARY}{each}" for each in ("old", "new"))
    for each in (old, new):
        each.write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    check = health(house).one("leftovers")
    assert (check.passed, check.facts) == (False, {"count": 1})
    health(house).repairs()[Repairable.LEFTOVERS]()
    assert health(house).one("leftovers").passed
    assert (old.exists(), new.exists()) == (False, True)


def test_room_is_made_of_what_is_made_again_alone(house: House) -> None:
    data = house.paths.data
    kept = [data / "set-aside" / "damaged.db.1", data / "spare" / "other.db"]
    gone = [data / "profiles" / "x.states" / "1", data / "workspace.db.before-0001"]
    for each in (*kept, *gone):
        each.parent.mkdir(exist_ok=True)
        each.write_bytes(b"bytes")
    house.services.administration.doctor.repairs.offered()[Repairable.DISK_SPACE]()
    assert [each.exists() for each in kept] == [True, True]
    assert [each.exists() for each in gone] == [False, False]
    acts = [row.act for row in house.services.administration.log.rows(containing="repair")]
    assert acts == ["repair"]


def test_a_reader_repairs_nothing_of_the_library(open_house: Callable[..., House]) -> None:
    rita = open_house("Rita").services
    assert rita.administration.doctor.repairs.offered() == {}
    for repair in rita.administration.doctor.repairs.all().values():
        with pytest.raises(AccessDenied):
            repair()
    editor = open_house("Egor").services
    assert set(editor.administration.doctor.repairs.offered()) == {
        Repairable.DISK_SPACE,
        Repairable.SEARCH_INDEX,
    }
