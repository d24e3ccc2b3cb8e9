"""The independent reading of a file by its suffix."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.bench.independent.packages import open_document, package
from app.bench.independent.pages import mail, page, pdf, plain
from app.bench.independent.seen import Seen
from app.bench.independent.workbooks import old_workbook, workbook

_SECONDS = 60


def seen(path: Path) -> Seen | None:
    """What an independent reader sees; None where there is none for it or it gives up."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return None
    try:
        return reader(path)
    except Exception:  # noqa: BLE001  a reader that breaks has seen nothing; the files are hostile
        return None


def _office(path: Path) -> Seen | None:
    """LibreOffice's text, where it is installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as folder:
        command = [program, "--headless", "--convert-to", "txt:Text", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        with suppress(StopIteration):
            return Seen(next(Path(folder).iterdir()).read_text("utf-8", "replace"))
    return None


_READERS: dict[str, Callable[[Path], Seen | None]] = {
    ".pdf": pdf,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".ppsx"), package),
    **dict.fromkeys((".odt", ".odp"), open_document),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), workbook),
    **dict.fromkeys((".xls", ".xlt"), old_workbook),
    **dict.fromkeys((".html", ".htm", ".xhtml"), page),
    ".eml": mail,
    **dict.fromkeys((".txt", ".csv", ".md"), plain),
    **dict.fromkeys((".doc", ".dot", ".ppt", ".pps", ".rtf"), _office),
}
