"""A workspace that sends collections, and another that receives them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.progress import NoControl
from app.domain.roles import Role
from app.engines.fake import FakeChat
from tests.services.conftest import PASSWORD, House, begin

PASSPHRASE = "seven green lamps over water"


@pytest.fixture
def there(template: Path, tmp_path: Path) -> Iterator[Callable[[str], House]]:
    """Opens the receiving workspace as a profile, again and again; closes the last."""
    shutil.copytree(template / "kit", tmp_path / "there" / "kit")
    begun = begin(tmp_path / "there", FakeChat())
    begun.profiles.create("Boris", PASSWORD, Role.ADMINISTRATOR)
    services = begun.open("Boris", PASSWORD, lambda call: call())
    services.profiles.create("Rita", PASSWORD, Role.READER)
    opened: list[Callable[[], None]] = [services.close, begun.end]

    def close() -> None:
        for each in opened:
            each()
        opened.clear()

    def open_one(name: str = "Boris") -> House:
        close()
        chat = FakeChat()
        begun = begin(tmp_path / "there", chat)
        services = begun.open(name, PASSWORD, lambda call: call())
        opened.extend((services.close, begun.end))
        return House(services, chat, begun.paths, tmp_path / "files")

    yield open_one
    close()


@pytest.fixture
def filled(house: House) -> House:
    """The sending workspace, with three documents of several passages, one of them tagged."""
    library = house.services.library
    pump = "\n\n".join(f"# Part {n}\n\nThe pump {n} delivers {n} litres." for n in range(1, 9))
    for name, words in (("pump.md", pump), ("oil.txt", "Change the oil filter every 500 hours.")):
        house.file(name, words)
    house.file("letter.eml", "Subject: Bearings\nContent-Type: text/plain\n\nThey come in May.")
    library.add([house.files])
    oil = next(each for each in library.documents() if each.name == "oil.txt")
    library.tag([oil.id], add=["service"])
    return house


@pytest.fixture
def sent(filled: House, tmp_path: Path) -> Path:
    """Its collection as a file."""
    path = tmp_path / "library.larets"
    collection = filled.services.library.collection_named("Library")
    filled.services.transfers.export(collection, path, PASSPHRASE, NoControl())
    return path
