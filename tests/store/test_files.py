import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DamagedData, StorageDenied, StorageFull
from app.store import files
from tests.conftest import is_root

KEY = b"k" * 32
CHUNK = 64 * 1024
HEADER = 24
SIZES = st.one_of(
    st.integers(0, 50),
    *[st.integers(count * CHUNK - 2, count * CHUNK + 2) for count in (1, 2, 3)],
)


def encrypted(folder: Path, content: bytes, identity: str = "id", name: str = "file") -> Path:
    path = folder / name
    files.encrypt_file(path, KEY, identity, io.BytesIO(content))
    return path


def refused(path: Path, identity: str = "id", key: bytes = KEY) -> bool:
    try:
        files.decrypt_file(path, key, identity)
    except DamagedData as error:
        return error.facts["path"] == str(path)
    return False


@given(SIZES, st.binary(min_size=1, max_size=7))
@settings(deadline=None, max_examples=40)
def test_what_goes_in_comes_out(size: int, pattern: bytes) -> None:
    content = (pattern * (size // len(pattern) + 1))[:size]
    with TemporaryDirectory() as folder:
        path = encrypted(Path(folder), content)
        assert files.decrypt_file(path, KEY, "id") == content
        assert size < 4 or content not in path.read_bytes()
        assert path.stat().st_size == HEADER + size + 16 * max(1, -(-size // CHUNK))


@given(SIZES, st.data())
@settings(deadline=None, max_examples=60)
def test_any_flipped_bit_and_any_cut_is_damage(size: int, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = encrypted(Path(folder), b"x" * size)
        raw = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(raw) - 1))
        path.write_bytes(raw[:place])
        assert refused(path), "cut"
        path.write_bytes(bytes(raw) + b"\0")
        assert refused(path), "longer"
        raw[place] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(raw)
        assert refused(path), "flipped"


def test_chunks_cannot_be_moved_or_dropped(tmp_path: Path) -> None:
    path = encrypted(tmp_path, os.urandom(3 * CHUNK + 5))
    raw = path.read_bytes()
    step = CHUNK + 16
    head, chunks = raw[:HEADER], [raw[at : at + step] for at in range(HEADER, len(raw), step)]
    assert len(chunks) == 4
    for order in ([1, 0, 2, 3], [0, 1, 2], [0, 2, 3], [1, 2, 3], [0, 1, 2, 3, 3], [3], [0]):
        path.write_bytes(head + b"".join(chunks[each] for each in order))
        assert refused(path), order
    path.write_bytes(raw)
    assert not refused(path)


def test_files_cannot_be_exchanged(tmp_path: Path) -> None:
    one = encrypted(tmp_path, b"one", "1", "1")
    other = encrypted(tmp_path, b"other", "2", "2")
    assert one.read_bytes()[HEADER:] != other.read_bytes()[HEADER:]
    shutil.copy(other, one)
    assert refused(one, "1")
    assert refused(other, "2", b"l" * 32)
    assert refused(tmp_path / "missing")


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "new" / "folder", b"content")
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail() -> None:
        with files.atomic(path) as file:
            file.write(b"new")
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        fail()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_leftovers_of_a_power_cut_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".tmp-0123").write_bytes(b"half")
    (tmp_path / "kept").write_bytes(b"whole")
    files.remove_leftovers(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    if sys.platform != "linux" or not is_root():
        pytest.skip("mounting takes root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_leaves_nothing_half(tiny_disk: Path) -> None:
    small = encrypted(tiny_disk, b"x" * 1000, name="small")
    with pytest.raises(StorageFull) as caught:
        encrypted(tiny_disk, bytes(400 * 1024))
    assert caught.value.facts["path"] == str(tiny_disk / "file")
    assert list(tiny_disk.iterdir()) == [small]
    assert files.decrypt_file(small, KEY, "id") == b"x" * 1000


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_a_limit_on_file_sizes_counts_as_a_full_disk(tmp_path: Path) -> None:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StorageFull):
            encrypted(tmp_path, bytes(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(is_root() or os.name == "nt", reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageDenied):
            encrypted(tmp_path, b"")
    finally:
        tmp_path.chmod(0o700)
