"""Adapters as signed files, between workspaces with keys of their own."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.errors import (
    AccessDenied,
    DamagedAdapter,
    FileMissing,
    OtherBaseModel,
    StorageDenied,
    UnknownSigner,
)
from app.domain.models.adapter_files import Manifest, Trust, fingerprint
from app.domain.models.adapters import AdapterCard
from app.domain.progress import NoControl
from app.domain.training.rows import Row, RowPassage
from app.domain.training.training import Preset, Report, TrainingState
from app.services.models import adapter_files
from tests.services.conftest import House, add_model

WEIGHTS = b"GGUF " + b"what the company knows " * 50
PURPOSE = b"larets/1/adapter-file\0"
CARD = AdapterCard("fake-chat", 8, 16.0, Preset.QUICK, 120, "2026-11-21", Report(2.0, 1.0, 1e-5, 0))


def _base(house: House) -> str:
    return house.services.adapters.base().sha256


def _foreign(
    house: House, path: Path, key: Ed25519PrivateKey | None = None, **changes: Any
) -> Manifest:
    """A file that another workspace has signed."""
    key = key or Ed25519PrivateKey.generate()
    manifest = Manifest(
        "Their manner", "Their manner", 3, _base(house), len(WEIGHTS),
        hashlib.sha256(WEIGHTS).hexdigest(), key.public_key().public_bytes_raw().hex(), CARD,
    )  # fmt: skip
    manifest = replace(manifest, **changes)
    told = adapter_files.encoded(manifest)
    path.parent.mkdir(parents=True, exist_ok=True)
    adapter_files.write(path, told, key.sign(PURPOSE + told), WEIGHTS)
    return manifest


def _trained(house: House) -> str:
    """The name of an adapter that was trained on rows with secrets in them."""
    training = house.services.training
    draft = training.create("Our manner")
    passage = RowPassage("secret handbook.pdf", "The word is swordfish.")
    rows = [Row(f"Secret question {n}?", f"Swordfish {n} [1].", (passage,)) for n in range(40)]
    training.add_rows(draft.id, rows)
    training.start(draft.id)
    while training.one(draft.id).state == TrainingState.RUNNING:
        pass
    assert training.publish(draft.id, NoControl()).state == TrainingState.DONE
    return "Our manner"


def test_out_and_back_in(house: House) -> None:
    services, file = house.services, house.files / "manner.larets-adapter"
    house.files.mkdir(parents=True)
    name = _trained(house)
    services.packages.export(name, file)
    looked = services.packages.look(file)
    manifest = looked.manifest
    assert manifest is not None
    assert looked.trust == Trust.OWN
    assert (manifest.name, manifest.lineage, manifest.version) == ("Our manner", "Our manner", 1)
    assert (manifest.card.model, manifest.card.rows, manifest.card.rank) == ("fake-chat", 40, 16)
    taken = services.packages.take(file)
    assert (taken.name, taken.scale, taken.version) == ("Our manner 2", 0.0, 1)
    first = services.adapters.named(name)
    assert services.adapters.weights(taken) == services.adapters.weights(first)
    known = services.packages.card(taken)
    assert known == services.packages.card(first)
    assert known.report is not None
    assert known.report.gain > 0
    assert services.packages.trust(taken) == services.packages.trust(first) == Trust.OWN


def test_nothing_of_rows_or_people_goes_with_it(house: House) -> None:
    file = house.files / "manner.larets-adapter"
    house.files.mkdir(parents=True)
    house.services.packages.export(_trained(house), file)
    data = file.read_bytes()
    for word in (b"secret", b"Secret", b"wordfish", b"handbook", b"Anna", str(house.paths.data)):
        assert (word if isinstance(word, bytes) else word.encode()) not in data
    told, _ = json.JSONDecoder().raw_decode(data[len(adapter_files.MARK) + 4 :].decode("latin-1"))
    assert set(told["card"]) == {"model", "rank", "alpha", "preset", "rows", "day", "report"}


def test_an_unknown_signer_has_to_be_accepted_once(house: House) -> None:
    key, packages = Ed25519PrivateKey.generate(), house.services.packages
    path = house.files / "theirs.larets-adapter"
    manifest = _foreign(house, path, key)
    looked = packages.look(path)
    assert (looked.trust, looked.signer) == (Trust.UNKNOWN, manifest.signer)
    with pytest.raises(UnknownSigner) as caught:
        packages.take(path)
    assert caught.value.facts["fingerprint"] == fingerprint(manifest.signer)
    with pytest.raises(UnknownSigner):
        packages.take(path, accepted="0" * 64)
    assert house.services.adapters.all() == []
    taken = packages.take(path, "Theirs", accepted=manifest.signer)
    assert (taken.name, taken.card, taken.signer) == ("Theirs", CARD, manifest.signer)
    assert packages.look(path).trust == packages.trust(taken) == Trust.KNOWN
    assert packages.take(path).name == "Their manner"
    other = house.files / "other.larets-adapter"
    _foreign(house, other)
    assert packages.look(other).trust == Trust.UNKNOWN


def test_signatures_outlast_the_session(open_house: Callable[..., House]) -> None:
    house = open_house()
    key, path = Ed25519PrivateKey.generate(), house.files / "theirs.larets-adapter"
    manifest = _foreign(house, path, key)
    own = house.files / "own.larets-adapter"
    house.services.packages.take(path, accepted=manifest.signer)
    house.services.packages.export("Their manner", own)
    house = open_house()
    assert house.services.packages.look(path).trust == Trust.KNOWN
    looked = house.services.packages.look(own)
    assert looked.trust == Trust.OWN
    assert looked.manifest is not None
    assert looked.manifest.card == CARD, "what is known of it goes on with it"


def test_another_base_is_refused_before_anything_is_stored(house: House) -> None:
    path = house.files / "theirs.larets-adapter"
    manifest = _foreign(house, path, base="f" * 64)
    packages = house.services.packages
    with pytest.raises(OtherBaseModel) as caught:
        packages.look(path)
    assert caught.value.facts["name"] == "Their manner"
    with pytest.raises(OtherBaseModel):
        packages.take(path, accepted=manifest.signer)
    assert house.services.adapters.all() == []
    assert not list((house.paths.data / "adapters").glob("*"))
    good = house.files / "good.larets-adapter"
    _foreign(house, good)
    add_model(house.paths.kit, "another-chat", "chat", b"GGUF of another")
    house.services.models.discover()
    house.services.models.use("another-chat")
    with pytest.raises(OtherBaseModel):
        packages.look(good)


def test_every_change_is_noticed(house: House) -> None:
    path = house.files / "theirs.larets-adapter"
    _foreign(house, path)
    good = path.read_bytes()
    bad = house.files / "bad.larets-adapter"
    mark = len(adapter_files.MARK)
    begin = good.index(WEIGHTS)
    places = [mark, mark + 3, mark + 4, mark + 40, begin - 64, begin - 1, begin, len(good) - 1]
    for place in places:
        changed = bytearray(good)
        changed[place] ^= 1
        bad.write_bytes(changed)
        with pytest.raises(DamagedAdapter):
            house.services.packages.look(bad)
    for content in (good[:-1], good + b"\0", good[: mark + 2], good[: begin - 70], good[:mark]):
        bad.write_bytes(content)
        with pytest.raises(DamagedAdapter):
            house.services.packages.take(bad)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "manner\u202efdp.exe"},
        {"name": "x" * 121},
        {"size": 0},
        {"size": 2**40},
        {"sha256": "0" * 64},
        {"base": "../../x"},
        {"version": 0},
        {"card": replace(CARD, model="a\tb")},
    ],
)
def test_a_signature_does_not_excuse_nonsense(house: House, changes: dict[str, Any]) -> None:
    path = house.files / "theirs.larets-adapter"
    _foreign(house, path, **changes)
    with pytest.raises(DamagedAdapter):
        house.services.packages.look(path)


def test_a_manifest_without_end_is_not_read(house: House) -> None:
    content = adapter_files.MARK + b"\xff\xff\xff\xff" + b"{" * 200_000
    with pytest.raises(DamagedAdapter):
        house.services.packages.look(house.file("bomb.larets-adapter", content))


def test_weights_that_do_not_run_are_not_taken(house: House) -> None:
    path, key = house.files / "theirs.larets-adapter", Ed25519PrivateKey.generate()
    manifest = _foreign(house, path, key)
    weights = b"no weights at all"
    manifest = replace(manifest, size=len(weights), sha256=hashlib.sha256(weights).hexdigest())
    told = adapter_files.encoded(manifest)
    adapter_files.write(path, told, key.sign(PURPOSE + told), weights)
    packages = house.services.packages
    with pytest.raises(DamagedAdapter):
        packages.take(path, accepted=manifest.signer)
    assert house.services.adapters.all() == []
    assert packages.look(path).trust == Trust.UNKNOWN, "nor is whoever signed them"


def test_a_bare_file_is_said_to_be_unsigned(house: House) -> None:
    packages, path = house.services.packages, house.file("bare.gguf", WEIGHTS)
    looked = packages.look(path)
    assert (looked.trust, looked.manifest, looked.signer) == (Trust.UNSIGNED, None, "")
    taken = packages.take(path)
    assert packages.trust(taken) == Trust.UNSIGNED
    assert packages.card(taken).model == "fake-chat"
    assert packages.card(taken).report is None
    packages.export(taken.name, house.files / "signed.larets-adapter")
    assert packages.look(house.files / "signed.larets-adapter").trust == Trust.OWN
    with pytest.raises(FileMissing):
        packages.look(house.files / "none.larets-adapter")
    with pytest.raises(StorageDenied):
        packages.export(taken.name, house.files / "no folder" / "x.larets-adapter")


def test_who_may(open_house: Callable[..., House]) -> None:
    house = open_house("Egor")
    path, packages = house.files / "theirs.larets-adapter", house.services.packages
    manifest = _foreign(house, path)
    with pytest.raises(AccessDenied):
        packages.take(path, accepted=manifest.signer)
    with pytest.raises(AccessDenied):
        packages.take(house.file("bare.gguf", WEIGHTS))
    open_house("Anna").services.packages.take(path, accepted=manifest.signer)
    house = open_house("Egor")
    assert house.services.packages.take(path).name == "Their manner 2", "an editor may then"
    house = open_house("Rita")
    with pytest.raises(AccessDenied):
        house.services.packages.export("Their manner", house.files / "x.larets-adapter")
    with pytest.raises(AccessDenied):
        house.services.packages.take(path)


def test_versions_trained_here_are_counted_without_theirs(house: House) -> None:
    path = house.files / "theirs.larets-adapter"
    manifest = _foreign(house, path)
    house.services.packages.take(path, accepted=manifest.signer)
    made = house.services.adapters.take_in("Their manner", _base(house), WEIGHTS)
    assert (made.version, made.name) == (1, "Their manner 2")


def test_fingerprints_are_read_aloud() -> None:
    told = fingerprint("00" * 32)
    assert told == " ".join(
        hashlib.sha256(bytes(32)).hexdigest()[at : at + 4] for at in (0, 4, 8, 12)
    )
