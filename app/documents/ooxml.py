"""The look into a zip's directory before any parser inflates it."""

import io
import zipfile

from app.documents.limits import MB, ZIP_ENTRIES, ZIP_RATIO, ZIP_RATIO_FROM, ZIP_TOTAL
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded

_ENCRYPTED = 0x1


def check_package(data: bytes, name: str, needed: str) -> None:
    """Refuses what is no zip, lacks the part `needed`, is encrypted, or inflates beyond reason.

    Raises DamagedFile, PasswordNeeded or FileTooLarge. Python's zipfile stops inflating an entry
    at the size that the directory declares, so a directory that lies cannot inflate further.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DamagedFile(name=name) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PasswordNeeded(name=name)
    if len(entries) > ZIP_ENTRIES:
        raise FileTooLarge(name=name, limit=f"{ZIP_ENTRIES} parts")
    if sum(entry.file_size for entry in entries) > ZIP_TOTAL or any(map(_is_bomb, entries)):
        raise FileTooLarge(name=name, limit=f"{ZIP_TOTAL // MB} MB")
    names = [entry.filename for entry in entries]
    if needed not in names or len(set(names)) != len(names):
        raise DamagedFile(name=name)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    large = entry.file_size > ZIP_RATIO_FROM
    return large and entry.file_size > ZIP_RATIO * max(entry.compress_size, 1)
