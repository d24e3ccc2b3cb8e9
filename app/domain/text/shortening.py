"""Text where there is little room."""


def shortened(text: str, most: int) -> str:
    """On one line, of `most` characters at the most: cut after a word, within one that is long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    words = cut.rpartition(" ")[0]
    return f"{words if 2 * len(words) > most else cut}…"
