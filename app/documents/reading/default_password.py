"""Workbooks that Excel encrypted with a password that it tries by itself: whoever protects the
structure of a workbook encrypts it so, and no reader is ever asked for a password ([MS-XLS] 2.2.10,
"Encryption (Password to Open)").
"""

import io

from app.documents.reading.formats import OLE_MARK

_PASSWORD = "VelvetSweatshop"
#: Names in the directory of an OLE file, in UTF-16: an encrypted package of any office program, and
#: workbooks of before 2007, which say inside that they are encrypted.
_PACKAGE, *_WORKBOOKS = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book")
)
#: Begins the record that says so, FilePass ([MS-XLS] 2.4.117).
_FILE_PASS = b"\x2f\x00"


def opened(data: bytes) -> bytes:
    """What such a workbook holds, decrypted; anything else as it is."""
    if not data.startswith(OLE_MARK):
        return data
    if _PACKAGE not in data and not (
        _FILE_PASS in data and any(name in data for name in _WORKBOOKS)
    ):
        return data
    from msoffcrypto import OfficeFile

    out = io.BytesIO()
    try:
        workbook = OfficeFile(io.BytesIO(data))
        if not workbook.is_encrypted():
            return data
        workbook.load_key(password=_PASSWORD, verify_password=True)
        workbook.decrypt(out)
    except Exception:  # noqa: BLE001  the reader of the format says what is wrong with the bytes
        return data
    return out.getvalue()
