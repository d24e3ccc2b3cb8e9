"""What a model has read of a conversation, encrypted: yesterday's chat is not read again.

llama.cpp trusts such a state blindly (CVE-2026-43629), so only what this profile's key
authenticates, for this conversation, model and form, ever reaches it.
"""

import hashlib
import io
from contextlib import suppress
from pathlib import Path

from app.domain.errors import DamagedData, StorageDenied, StorageFull
from app.store.files import decrypt_file, encrypt_file

#: Bytes of all states of a profile together; the oldest go first.
_MOST = 4 * 2**30


class StateStore:
    """A cache: whatever is wrong with a file, it is dropped and the conversation read again."""

    def __init__(self, folder: Path, key: bytes, most: int = _MOST) -> None:
        self._folder, self._key, self._most = folder, key, most

    def keep(self, conversation: str, form: str, state: bytes) -> None:
        """Store `state`, replacing an older one. A full disk keeps nothing and says nothing."""
        self._make_room(len(state))
        with suppress(StorageFull, StorageDenied):
            encrypt_file(
                self._path(conversation), self._key, _identity(conversation, form),
                io.BytesIO(state),
            )  # fmt: skip

    def load(self, conversation: str, form: str) -> bytes | None:
        """None when there is none for this model and form."""
        path = self._path(conversation)
        if not path.exists():
            return None
        try:
            return decrypt_file(path, self._key, _identity(conversation, form))
        except (DamagedData, StorageDenied, OSError):
            self.remove(conversation)
            return None

    def remove(self, conversation: str) -> None:
        with suppress(OSError):
            self._path(conversation).unlink(missing_ok=True)

    def _path(self, conversation: str) -> Path:
        return self._folder / hashlib.sha256(conversation.encode()).hexdigest()[:32]

    def _make_room(self, size: int) -> None:
        kept = sorted(
            (path for path in self._folder.glob("*") if path.is_file()),
            key=lambda path: path.stat().st_mtime,
        )
        total = size + sum(path.stat().st_size for path in kept)
        for oldest in kept:
            if total <= self._most:
                return
            total -= oldest.stat().st_size
            oldest.unlink(missing_ok=True)


def _identity(conversation: str, form: str) -> str:
    return f"state/{conversation}/{form}"
