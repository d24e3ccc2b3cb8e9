import base64
import time
import unicodedata
from dataclasses import replace

import psutil
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.store import keys
from app.store.keys import KdfParameters, Refused

FLOOR = KdfParameters()
#: The same word: «й» and «ё» as one sign each, or as a letter and its mark.
COMPOSED = unicodedata.normalize("NFC", "зелёный чай")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def test_the_library_derives_what_rfc_9106_prints() -> None:
    """RFC 9106, section 5.3: the Argon2id test vector."""
    derived = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert derived.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_a_password_wraps_and_unwraps() -> None:
    key = keys.new_key()
    slot = keys.wrap_with_password("открой ларец", key, "password/1", FLOOR)
    assert keys.unwrap_with_password("открой ларец", slot, "password/1") == key
    with pytest.raises(Refused):
        keys.unwrap_with_password("открой ларец ", slot, "password/1")
    with pytest.raises(Refused):
        keys.unwrap_with_password("открой ларец", slot, "password/2")
    assert keys.wrap_with_password("открой ларец", key, "password/1", FLOOR).salt != slot.salt


def test_a_tampered_slot_is_refused() -> None:
    slot = keys.wrap_with_password("password", keys.new_key(), "c", FLOOR)
    raw = bytearray(base64.b64decode(slot.wrapped))
    raw[-1] ^= 1
    tampered = [
        replace(slot, wrapped=base64.b64encode(raw).decode()),
        replace(slot, wrapped=slot.wrapped[:-8]),
        replace(slot, wrapped="?"),
        replace(slot, salt="?"),
        replace(slot, salt=base64.b64encode(b"0" * 16).decode()),
        replace(slot, kdf=KdfParameters(passes=4)),
    ]
    for each in tampered:
        with pytest.raises(Refused):
            keys.unwrap_with_password("password", each, "c")


@pytest.mark.parametrize(
    "kdf",
    [
        KdfParameters(memory=64 * 1024 - 1),
        KdfParameters(memory=1024 * 1024 + 1),
        KdfParameters(memory=1 << 40),
        KdfParameters(passes=2),
        KdfParameters(passes=21),
        KdfParameters(lanes=0),
        KdfParameters(lanes=9),
    ],
)
def test_parameters_out_of_bounds_are_refused_before_they_cost_anything(
    kdf: KdfParameters,
) -> None:
    slot = keys.KeySlot(base64.b64encode(b"0" * 16).decode(), kdf, "AAAA")
    began = time.perf_counter()
    with pytest.raises(Refused, match="bounds"):
        keys.unwrap_with_password("password", slot, "c")
    with pytest.raises(Refused, match="bounds"):
        keys.wrap_with_password("password", keys.new_key(), "c", kdf)
    assert time.perf_counter() - began < 0.05


@pytest.mark.parametrize(
    ("gigabytes", "mebibytes"), [(1, 64), (3.9, 64), (4, 128), (7.9, 128), (8, 256), (512, 256)]
)
def test_memory_is_chosen_by_what_the_machine_has(gigabytes: float, mebibytes: int) -> None:
    kdf = keys.calibrated(int(gigabytes * 2**30))
    assert kdf.bounded().memory == mebibytes * 1024


def test_memory_is_that_of_this_machine_without_being_told() -> None:
    assert keys.calibrated() == keys.calibrated(psutil.virtual_memory().total)


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
def test_a_password_opens_in_either_form_of_its_letters(chosen: str, typed: str) -> None:
    key = keys.new_key()
    slot = keys.wrap_with_password(chosen, key, "context", FLOOR)
    assert keys.unwrap_with_password(typed, slot, "context") == key


def test_a_password_that_was_wrapped_as_it_was_typed_still_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = keys.new_key()
    with monkeypatch.context() as earlier:
        earlier.setattr(keys, "_composed", lambda password: password)
        slot = keys.wrap_with_password(DECOMPOSED, key, "context", FLOOR)
    assert keys.unwrap_with_password(DECOMPOSED, slot, "context") == key
    with pytest.raises(Refused):
        keys.unwrap_with_password(COMPOSED, slot, "context")


def test_a_recovery_key_survives_how_people_type() -> None:
    text, raw = keys.new_recovery_key()
    assert keys.read_recovery_key(text) == raw
    assert keys.read_recovery_key(f" {text.lower().replace('-', ' ')}\n") == raw
    assert [len(group) for group in text.split("-")] == [4] * 14


def test_every_mistyped_letter_of_a_recovery_key_is_noticed() -> None:
    text, _ = keys.new_recovery_key()
    for place, sign in enumerate(text):
        if sign != "-":
            other = "A" if sign != "A" else "B"
            with pytest.raises(Refused):
                keys.read_recovery_key(text[:place] + other + text[place + 1 :])
    for wrong in ("", "-----", text[:-1], text + "A" * 8, "не ключ"):
        with pytest.raises(Refused):
            keys.read_recovery_key(wrong)


def test_only_the_profile_that_it_was_sealed_for_opens_a_grant() -> None:
    anna, boris, secret = keys.new_key(), keys.new_key(), keys.new_key()
    sealed = keys.seal(keys.public_key(anna), secret, "collection")
    assert keys.unseal(anna, sealed, "collection") == secret
    with pytest.raises(Refused):
        keys.unseal(boris, sealed, "collection")
    with pytest.raises(Refused):
        keys.unseal(anna, sealed, "another collection")
    for wrong in (sealed[4:], sealed[:-4], sealed.replace(".", ""), "", "a.b"):
        with pytest.raises(Refused):
            keys.unseal(anna, wrong, "collection")


def test_purposes_give_different_keys() -> None:
    key = keys.new_key()
    assert len({keys.derive(key, purpose) for purpose in ("a", "b", "c")}) == 3
    assert keys.derive(key, "a") == keys.derive(key, "a") != key
