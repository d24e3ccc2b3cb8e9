"""Pages of a file for the re-enacted peers: pypdf stands for their own readers of PDF."""

from pathlib import Path


def pages(path: Path) -> list[str]:
    """Texts of the pages; of a text file, one."""
    if path.suffix.lower() != ".pdf":
        return [path.read_text("utf-8")]
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())
