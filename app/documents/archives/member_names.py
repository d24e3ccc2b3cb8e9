"""Names in archives: in which encoding they are, which are safe, which nobody misses."""

from pathlib import PurePosixPath

_BESIDE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def decoded(octets: bytes) -> str:
    """A name in UTF-8, or as Russian Windows and DOS write names."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return max(
            (octets.decode(encoding, "replace") for encoding in ("cp866", "cp1251")), key=_russian
        )


def _russian(name: str) -> float:
    """How much of a name is Russian letters; frequent ones, mostly small, count most."""
    beyond = [sign for sign in name if not sign.isascii()]
    frequent = sum(sign in "оеаинтсрвлкмдпуяыьгзбОЕАИНТСРВЛКМДПУ№" for sign in beyond)
    letters = sum("а" <= sign.lower() <= "я" or sign in "ёЁ№" for sign in beyond)
    return (2 * frequent + letters) / max(len(beyond), 1)


def is_beside(path: str) -> bool:
    """Whether it is what a system puts beside files: nobody wrote it and nobody misses it."""
    names = PurePosixPath(path).parts
    return names[-1].lower() in _BESIDE or names[-1].startswith("._") or "__MACOSX" in names


def safe_path(name: str) -> str:
    """The path inside the archive with "/" between folders; "" when it leads out of it."""
    path = name.replace("\\", "/")
    names = path.split("/")
    if path.startswith("/") or ".." in names or any(sign < " " for sign in path) or ":" in path:
        return ""
    return "/".join(each for each in names if each not in ("", "."))
