"""A workspace that was put back to an earlier state is noticed once, and its data stays usable."""

import shutil
from pathlib import Path

from app.domain.roles import Role
from app.store.keys import KdfParameters
from app.store.vault.vault import Unlocked, Vault


def _unlocked(data: Path) -> Unlocked:
    return Vault(data).unlock("Anna", "correct horse")


def _closed(unlocked: Unlocked) -> bool:
    whole = unlocked.integrity_ok
    unlocked.close()
    return whole


def test_an_older_database_is_noticed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    Vault(data).create("Anna", "correct horse", Role.ADMINISTRATOR, kdf=KdfParameters())
    assert _closed(_unlocked(data))
    shutil.copy(data / "workspace.db", tmp_path / "older.db")
    assert _closed(_unlocked(data))
    shutil.copy(tmp_path / "older.db", data / "workspace.db")
    noticed = _unlocked(data)
    assert not noticed.integrity_ok
    assert "found-rolled-back" in {entry.act for entry in noticed.audit.entries()}
    assert noticed.audit.intact()
    noticed.close()
    assert _closed(_unlocked(data))


def test_a_damaged_generation_file_is_noticed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    Vault(data).create("Anna", "correct horse", Role.ADMINISTRATOR, kdf=KdfParameters())
    assert _closed(_unlocked(data))
    sealed = bytearray((data / "generation").read_bytes())
    sealed[30] ^= 1
    (data / "generation").write_bytes(sealed)
    assert not _closed(_unlocked(data))
