"""Passwords to keys: Argon2id, key wrapping, recovery keys, sealed grants.

A password unwraps a profile's key and does nothing else; the profile's key unwraps the rest.
Parameters and their bounds: results/keys.md (floor 64 MiB, 3 passes; the OWASP minimum of 19 MiB is
for servers, while a stolen file can be attacked at leisure).
"""

import base64
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Self

import psutil
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
_GB = 1 << 30


class Refused(Exception):
    """The key does not open this: wrong, or the bytes were changed."""


@dataclass(frozen=True)
class KdfParameters:
    """Argon2id: `memory` in KiB, `passes` over it, `lanes` in parallel."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def bounded(self) -> Self:
        """Refuse a header that asks for too little (downgrade) or too much (memory bomb)."""
        if not (64 * 1024 <= self.memory <= 1024 * 1024 and 3 <= self.passes <= 20):
            raise Refused("key derivation parameters out of bounds")
        if not 1 <= self.lanes <= 8:
            raise Refused("key derivation parameters out of bounds")
        return self


@dataclass(frozen=True)
class KeySlot:
    """A key wrapped by a password; binary fields are base64."""

    salt: str
    kdf: KdfParameters
    wrapped: str


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """HKDF-SHA256 sub-key of 32 bytes for one purpose."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, f"larets/1/{purpose}".encode()).derive(key)


def encrypt(key: bytes, plain: bytes, context: str) -> str:
    """AES-256-GCM with a random nonce, bound to `context`; base64 of nonce and ciphertext."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, context.encode())).decode()


def decrypt(key: bytes, sealed: str, context: str) -> bytes:
    """The reverse of `encrypt`; `Refused` when the key, the bytes or the context differ."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise Refused("wrong key or damaged bytes") from error


def _from_password(password: str, salt: bytes, kdf: KdfParameters) -> bytes:
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=kdf.passes,
        lanes=kdf.lanes,
        memory_cost=kdf.memory,
    ).derive(password.encode())


def calibrated(installed: int | None = None) -> KdfParameters:
    """Memory by what is `installed`, in bytes, and not by how busy the machine is: a profile that
    is made while a model loads must not be the easier one to attack for good (results/keys.md)."""
    size = psutil.virtual_memory().total if installed is None else installed
    mebibytes = 64 if size < 4 * _GB else 128 if size < 8 * _GB else 256
    return KdfParameters(memory=mebibytes * 1024)


def _bound(context: str, salt: str, kdf: KdfParameters) -> str:
    return f"{context}|{salt}|{kdf.memory}|{kdf.passes}|{kdf.lanes}"


def wrap_with_password(password: str, key: bytes, context: str, kdf: KdfParameters) -> KeySlot:
    salt = secrets.token_bytes(16)
    encoded = base64.b64encode(salt).decode()
    wrapping = _from_password(_composed(password), salt, kdf.bounded())
    return KeySlot(encoded, kdf, encrypt(wrapping, key, _bound(context, encoded, kdf)))


def unwrap_with_password(password: str, slot: KeySlot, context: str) -> bytes:
    """The wrapped key; `Refused` for a wrong password and for a changed header alike.

    Where it differs, what was typed is tried as well: keys were once wrapped with that."""
    try:
        salt = base64.b64decode(slot.salt, validate=True)
    except ValueError as error:
        raise Refused("damaged salt") from error
    composed, bound = _composed(password), _bound(context, slot.salt, slot.kdf)
    try:
        wrapping = _from_password(composed, salt, slot.kdf.bounded())
        return decrypt(wrapping, slot.wrapped, bound)
    except Refused:
        if composed == password:
            raise
    return decrypt(_from_password(password, salt, slot.kdf), slot.wrapped, bound)


def _composed(password: str) -> str:
    """One form (NFC) of letters that some keyboards and systems write as a letter and its mark:
    the same «й» opens the profile from every computer."""
    return unicodedata.normalize("NFC", password)


def new_recovery_key() -> tuple[str, bytes]:
    """A key to print (base32 with a checksum, fourteen groups of four) and its 32 bytes."""
    raw = new_key()
    text = base64.b32encode(raw + hashlib.sha256(raw).digest()[:3]).decode()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4)), raw


def read_recovery_key(text: str) -> bytes:
    """The bytes of a printed recovery key; `Refused` when it was mistyped."""
    try:
        raw = base64.b32decode("".join(text.split()).replace("-", "").upper())
    except ValueError as error:
        raise Refused("not a recovery key") from error
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if len(raw) != KEY_BYTES + 3 or hashlib.sha256(key).digest()[:3] != check:
        raise Refused("the recovery key was mistyped")
    return key


def _private(profile_key: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(derive(profile_key, "grants"))


def public_key(profile_key: bytes) -> str:
    """The half that others need to grant this profile a collection's key; base64."""
    return base64.b64encode(_private(profile_key).public_key().public_bytes_raw()).decode()


def seal(public: str, secret: bytes, context: str) -> str:
    """Encrypt `secret` so that only the owner of `public` opens it (X25519, HKDF, AES-GCM)."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(base64.b64decode(public)))
    ours = base64.b64encode(once.public_key().public_bytes_raw()).decode()
    return f"{ours}.{encrypt(derive(shared, f'seal/{ours}/{public}'), secret, context)}"


def unseal(profile_key: bytes, sealed: str, context: str) -> bytes:
    """The reverse of `seal`; `Refused` when it was not meant for this profile."""
    try:
        ours, box = sealed.split(".")
        theirs = X25519PublicKey.from_public_bytes(base64.b64decode(ours))
        shared = _private(profile_key).exchange(theirs)
    except ValueError as error:
        raise Refused("damaged grant") from error
    return decrypt(derive(shared, f"seal/{ours}/{public_key(profile_key)}"), box, context)


def _signing(profile_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive(profile_key, "signing"))


def signing_key(profile_key: bytes) -> str:
    """The half by which others check what this profile signed (Ed25519); base64."""
    return base64.b64encode(_signing(profile_key).public_key().public_bytes_raw()).decode()


def sign(profile_key: bytes, purpose: str, data: bytes) -> bytes:
    """64 bytes over `data`; one given for a `purpose` serves no other."""
    return _signing(profile_key).sign(f"larets/1/{purpose}\0".encode() + data)


def is_signed(public: str, purpose: str, data: bytes, signature: bytes) -> bool:
    """Whether the owner of the signing key `public` signed `data` for this purpose."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(signature, f"larets/1/{purpose}\0".encode() + data)
    except (InvalidSignature, ValueError):
        return False
    return True
