"""XML out of a document: parsed without entities, without a network, and never deep."""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from app.domain.errors import DamagedFile


def part_path(folder: str, target: str) -> str:
    """The part of a package that a relation leads to whose source lies in `folder`."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def parse_xml(data: bytes, name: str) -> Any:
    """The root element. Raises DamagedFile, for more than 256 levels as well: libxml2 stops there,
    which is why walks over its trees may recurse."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(name=name) from error
    if root is None:
        raise DamagedFile(name=name)
    return root


class Package:
    """The parts of a zip whose directory `ooxml.check_package` has looked at."""

    def __init__(self, data: bytes, name: str) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._name = name
        self.names = frozenset(self._zip.namelist())

    def part(self, path: str) -> bytes:
        """The bytes of a part. Raises DamagedFile, when there is none of that name too."""
        try:
            return self._zip.read(path)
        except (
            KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError,
            NotImplementedError,
        ) as error:  # fmt: skip
            raise DamagedFile(name=self._name) from error

    def xml(self, path: str) -> Any:
        """The root of an XML part. Raises DamagedFile."""
        return parse_xml(self.part(path), self._name)
