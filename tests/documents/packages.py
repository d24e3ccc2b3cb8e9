"""Zips made for tests: from parts, or a real file with some of them replaced."""

import io
import zipfile
from pathlib import Path


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if name[-1] != "/"}


def changed(path: Path, entries: dict[str, bytes]) -> bytes:
    return zipped(unzipped(path.read_bytes()) | entries)
