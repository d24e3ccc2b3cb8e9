"""PDF, web pages, mail and plain text."""

import email
import email.policy
import shutil
import subprocess
from pathlib import Path
from typing import Any

from app.bench.independent.markup import shown, told
from app.bench.independent.seen import Seen

_SECONDS = 60


def pdf(path: Path) -> Seen:
    """MuPDF's text as it lies in the file; with pdftotext installed also what that sees. Aside: the
    title, and the names of attached files."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)  # they would stand in front of the JSON
    with pymupdf.open(path) as document:
        text = "\n".join(page.get_text() + _annotated(page) for page in document)
        beside = [document.metadata.get("title") or "", *_attached(document)]
    if found := shutil.which("pdftotext"):
        ran = subprocess.run(
            [found, "-q", str(path), "-"], capture_output=True, timeout=_SECONDS, check=False
        )
        text += "\n" + ran.stdout.decode("utf-8", "replace")
    return Seen(text, "\n".join(beside))


def _annotated(page: Any) -> str:
    """What readers wrote beside a page."""
    return "".join(f"\n{each.info['title']} {each.info['content']}" for each in page.annots())


def _attached(document: Any) -> list[str]:
    names = [str(document.embfile_info(each)) for each in document.embfile_names()]
    for page in document:
        names += [str(each.file_info) for each in page.annots() if each.type[1] == "FileAttachment"]
    return names


def page(path: Path) -> Seen | None:
    """What is shown, where the page names its encoding, and truly: lxml would take another one for
    Latin. Aside: its title, options, alternative texts."""
    from lxml import html

    data = path.read_bytes()
    if b"charset" not in data[:2000].lower() and not data.isascii():
        return None
    root = html.fromstring(data)
    data.decode(root.getroottree().docinfo.encoding or "ascii")
    return Seen(shown(root), told(data))


def mail(path: Path) -> Seen:
    """Heads, names of attached files, and the body. Aside: all heads as they stand, and every part
    that is text."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body: Any = message.get_body(("plain",))
    heads = "\n".join(str(message[name] or "") for name in ("Subject", "From", "To", "Cc", "Date"))
    files = "\n".join(each.get_filename() or "" for each in message.iter_attachments())
    parts: list[Any] = [each for each in message.walk() if each.get_content_maintype() == "text"]
    texts = [_part(each) for each in parts]
    raw = email.message_from_bytes(path.read_bytes())
    beside = "\n".join([*(str(value) for value in (*message.values(), *raw.values())), *texts])
    return Seen(f"{heads}\n{files}\n{body.get_content() if body else ''}", beside)


def _part(part: Any) -> str:
    content = str(part.get_content())
    return told(content.encode()) if part.get_content_subtype() == "html" else content


def plain(path: Path) -> Seen:
    return Seen(path.read_bytes().decode("utf-8", "strict"))
