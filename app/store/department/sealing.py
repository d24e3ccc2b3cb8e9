"""Texts and originals under a collection's key, so that the server's owner reads none of them.

AES-256-GCM with a random nonce, bound to where it stands: a row that was moved to another place
does not open. Random nonces of 96 bits are safe for 2^32 rows under one key (NIST SP 800-38D, 8.3).
"""

import hmac
import secrets
import zlib
from collections.abc import Iterator
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.errors import DamagedData
from app.store.keys import derive

_NONCE = 12
#: Bytes of an original in one row.
PART = 1 << 20
_WORD = 12


class Sealing:
    """Of one collection."""

    def __init__(self, collection: str, key: bytes) -> None:
        self._collection = collection
        self._texts = AESGCM(derive(key, "department/texts"))
        self._files = AESGCM(derive(key, "department/files"))
        self._words = derive(key, "department/words")
        self._contents = derive(key, "department/contents")

    def text(self, place: str, plain: bytes) -> bytes:
        """Compressed and sealed for that place."""
        return self._sealed(self._texts, place, zlib.compress(plain, 1))

    def opened(self, place: str, sealed: bytes) -> bytes:
        """The reverse of `text`. `DamagedData`."""
        return zlib.decompress(self._opened(self._texts, place, sealed))

    def parts(self, document: str, content: bytes) -> Iterator[bytes]:
        """An original piece by piece; each names its place and how many there are."""
        count = max((len(content) + PART - 1) // PART, 1)
        for number in range(count):
            piece = content[number * PART : (number + 1) * PART]
            yield self._sealed(self._files, f"{document}/{number}/{count}", piece)

    def part(self, document: str, number: int, count: int, sealed: bytes) -> bytes:
        """One piece of an original that has `count` of them. `DamagedData`."""
        return self._opened(self._files, f"{document}/{number}/{count}", sealed)

    def word(self, stem: str) -> str:
        """What stands for a stem in the words index: 48 bits of a keyed hash, so that a million
        different stems share one in a few hundred libraries."""
        return hmac.digest(self._words, stem.encode(), sha256).hex()[:_WORD]

    def fingerprint(self, digest: str) -> bytes:
        """What stands for an original's SHA-256: who does not have the key learns not even whether
        a file that he has is in there."""
        return hmac.digest(self._contents, digest.encode(), sha256)

    def _sealed(self, cipher: AESGCM, place: str, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + cipher.encrypt(nonce, plain, self._bound(place))

    def _opened(self, cipher: AESGCM, place: str, sealed: bytes) -> bytes:
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound(place))
        except (InvalidTag, ValueError) as error:
            raise DamagedData(path=place) from error

    def _bound(self, place: str) -> bytes:
        return f"{self._collection}/{place}".encode()
