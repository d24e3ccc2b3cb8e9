"""Lines of scripts that run to the left, as Arabic and Hebrew: MuPDF has their spans in the order
in which they are read, which places from left to right would turn round."""

import re
from typing import Any

#: Letters of Hebrew, Arabic, Syriac, Thaana and NKo, and Arabic as it is printed.
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def written_order(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The spans of a line; those of one that runs to the left as one span, in the style of the
    longest."""
    if len(spans) < 2:
        return spans
    text = "".join([span["text"] for span in spans])
    if text.isascii() or not _LEFTWARD.search(text):
        return spans
    if 2 * len(_LEFTWARD.findall(text)) < len(_LETTER.findall(text)):
        return spans
    longest = max(spans, key=lambda span: len(span["text"]))
    left, top, right, bottom = zip(*(span["bbox"] for span in spans), strict=True)
    return [longest | {"text": text, "bbox": (min(left), min(top), max(right), max(bottom))}]
