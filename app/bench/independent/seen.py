"""What one reading of a file gave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What an independent program sees in a file. `text` is what the product is to read; `aside` is
    what else stands in the file and may be read: titles, names of sheets, of authors and of files,
    parts of charts, alternative texts, the same text as another program parts it into words. A word
    out of it is neither missed nor garbled. Lines are kept: words of two lines are no neighbours.
    """

    text: str
    aside: str = ""
