"""Text where there is little room."""


def shortened(text: str, most: int) -> str:
    """On one line, of `most` characters at the most: cut after a word, within one that is long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    words = cut.rpartition(" ")[0]
    return f"{words if 2 * len(words) > most else cut}…"


def without_middle(text: str, length: int) -> str:
    """Two thirds of `length` from its beginning and one from its end, with "…" between; the text
    itself where it is no longer."""
    if len(text) <= length:
        return text
    first = length * 2 // 3
    return f"{text[:first]} … {text[first - length :]}"
