"""Image files, opened as pages that are held upright, and whether they can be print."""

import io
import warnings
from typing import Any

from app.documents.limits import CHILD_MEMORY, IMAGE_PIXELS, MB, PDF_PAGES
from app.domain.errors import DamagedFile, FileTooLarge

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
#: EXIF's tag for how a picture was held, and the value for upright.
_ORIENTATION, _UPRIGHT = 0x0112, 1

#: Of grey levels in sixteen bins, pixels in the two fullest neighbours: paper or a screen has most
#: of them in one colour, a photograph has not.
_PAPER_SHARE = 0.4
#: Pixels of the longer side of the copy that tells whether it is a photograph.
_SMALL_SIDE = 300.0
#: Pictures of a document that are looked at: a catalogue of photographs has no end.
MOST_PICTURES = 400


def is_image(data: bytes) -> bool:
    """Whether the bytes begin as those of an image that `open_image` knows."""
    return data.startswith(_MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def open_image(data: bytes, name: str) -> Any:
    """An open pymupdf.Document with a page for each picture of a TIFF, else one, held upright.

    Raises DamagedFile, or FileTooLarge before anything is unpacked.
    """
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    kind, data = _checked(data, name)
    try:
        document = pymupdf.open(stream=data, filetype=kind)
        if document.page_count and not document.load_page(0).rect.is_empty:
            return document
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise failure(error, name) from error
    raise DamagedFile(name=name)


def _checked(data: bytes, name: str) -> tuple[str, bytes]:
    """The kind of image and its bytes, rewritten where MuPDF would not show it as it was held."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd tags, and sizes that are judged here
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _check_size(image, name)
                if _as_it_is(image):
                    kind = "jpeg" if image.format == "MPO" else str(image.format).lower()
                    return kind, data
                return "tiff", _upright(image)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError) as error:
        raise DamagedFile(name=name) from error


def _check_size(image: Any, name: str) -> None:
    """Each picture of a TIFF, the first of others, by what the header says."""
    for number in range(PDF_PAGES + 1):
        try:
            image.seek(number)
        except EOFError:
            break
        if image.width * image.height > IMAGE_PIXELS:
            raise _too_large(name)
        if number == PDF_PAGES:
            raise FileTooLarge(name=name, limit=f"{PDF_PAGES} pages")
        if image.format != "TIFF":
            break
    image.seek(0)


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(name=name, limit=f"{IMAGE_PIXELS // 1_000_000} MP")


def _as_it_is(image: Any) -> bool:
    """MuPDF knows no WebP, and turns pictures as they were held in JPEG only."""
    if image.format in ("JPEG", "MPO"):
        return True
    held = image.getexif().get(_ORIENTATION, _UPRIGHT)
    return image.format != "WEBP" and bool(held == _UPRIGHT)


def _upright(image: Any) -> bytes:
    from PIL import ImageOps, ImageSequence

    resolution = {"dpi": image.info["dpi"]} if "dpi" in image.info else {}
    frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
    first, *others = [ImageOps.exif_transpose(frame.convert("RGB")) for frame in frames]
    target = io.BytesIO()
    options = {"compression": "raw", "save_all": True, "append_images": others, **resolution}
    first.save(target, "TIFF", **options)
    return target.getvalue()


def small_copy(leaf: Any, part: Any) -> Any:
    """A small grey picture of a part (pymupdf.Rect) of a page, enough to tell print by."""
    import pymupdf

    scale = _SMALL_SIDE / max(part.width, part.height)
    matrix = pymupdf.Matrix(scale, scale)
    return leaf.get_pixmap(matrix=matrix, clip=part, colorspace=pymupdf.csGRAY, alpha=False)


def is_paper(pixels: Any) -> bool:
    """Whether a grey picture has one ground, as print has."""
    import numpy

    levels = numpy.frombuffer(pixels.samples, dtype=numpy.uint8) // 16
    counts = numpy.bincount(levels, minlength=17)
    fullest = (counts[:-1] + counts[1:]).max()
    return bool(fullest >= _PAPER_SHARE * len(levels))


def failure(error: Exception, name: str) -> DamagedFile | FileTooLarge:
    """MuPDF's exception in our terms: it reports a refused allocation by message only."""
    if "alloc" in str(error):
        return FileTooLarge(name=name, limit=f"{CHILD_MEMORY // MB} MB")
    return DamagedFile(name=name)
