"""Characters that recognition gets wrong, on pages that are rendered from known text.

    python -m tests.bench.recognition TEXTS.json

reads paragraphs, a JSON list of strings; those of 500 to 1,200 characters in Latin and Cyrillic are
set in three fonts, rendered at 200 dpi, clean and blurred with noise, and read as scans.
"""

import io
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image, ImageFilter

from app.documents.pdf import pdf

FONTS = ("serif", "sans-serif", "monospace")
DPI, PAGES, PARAGRAPHS = 200, 2, 3
#: Pixels of blur, and the deviation of the noise in grey levels.
BLUR, NOISE = 0.8, 18.0
_KNOWN = re.compile(r"[\x20-\x7eа-яА-ЯёЁ«»—–№“”’]+")
_QUOTES, _DASHES, _SPACES = re.compile('[«»“”„"]'), re.compile("[—–−-]"), re.compile(r"\s+")


def wrong(expected: str, found: str) -> int:
    """The least number of characters to insert, delete or replace (Levenshtein 1966), quotes and
    dashes of all kinds taken as equal."""
    one, other = _plain(expected), np.array([ord(sign) for sign in _plain(found)])
    places = np.arange(len(other) + 1)
    row = places.copy()
    for number, sign in enumerate(one, 1):
        new = np.empty_like(row)
        new[0] = number
        new[1:] = np.minimum(row[:-1] + (other != ord(sign)), row[1:] + 1)
        row = np.minimum.accumulate(new - places) + places
    return int(row[-1])


def _plain(text: str) -> str:
    text = _DASHES.sub("-", _QUOTES.sub('"', text.replace("’", "'")))
    return _SPACES.sub(" ", text).strip()


def scanned(paragraphs: Sequence[str], font: str, *, noisy: bool) -> bytes:
    """A page of print as a PDF that holds its picture alone."""
    with pymupdf.open() as printed:
        page = printed.new_page()
        css = f"* {{font-family: {font}; font-size: 11px; text-align: justify}}"
        html = "".join(f"<p>{each}</p>" for each in paragraphs)
        page.insert_htmlbox((60, 60, 535, 790), html, css=css, scale_low=0.5)
        pixels = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
        image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    if noisy:
        image = _noisy(image)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    with pymupdf.open() as scan:
        leaf = scan.new_page()
        leaf.insert_image(leaf.rect, stream=stream.getvalue())
        return bytes(scan.tobytes())


def _noisy(image: Image.Image) -> Image.Image:
    blurred: npt.NDArray[np.float64] = np.asarray(
        image.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float64
    )
    noise = np.random.default_rng(1).normal(0.0, NOISE, blurred.shape)
    return Image.fromarray((blurred + noise).clip(0, 255).astype(np.uint8))


def measured(paragraphs: Sequence[str]) -> Iterator[tuple[str, bool, float]]:
    """Font, whether noisy, and the share of characters that came out wrong."""
    for font in FONTS:
        for noisy in (False, True):
            errors = total = 0
            for at in range(PAGES):
                chosen = paragraphs[at * PARAGRAPHS : (at + 1) * PARAGRAPHS]
                found = pdf.read(scanned(chosen, font, noisy=noisy), "page.pdf")
                expected = " ".join(chosen)
                errors += wrong(expected, " ".join(block.text for block in found.blocks))
                total += len(expected)
            yield font, noisy, errors / total


def main(file: Path) -> None:
    """Print a row for each language, font and noise."""
    texts = [each for each in json.loads(file.read_text("utf-8")) if 500 < len(each) < 1200]
    texts = [each for each in texts if _KNOWN.fullmatch(each)]
    random.Random(3).shuffle(texts)
    for language, letters in (("ru", "[а-я]"), ("en", "[a-z]")):
        own = [each for each in texts if len(re.findall(letters, each)) > len(each) / 2]
        for font, noisy, share in measured(own):
            print(f"{language}  {font:<10}  {'noisy' if noisy else 'clean'}  {share:.2%}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
