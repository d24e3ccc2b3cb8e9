"""How far the reading of one document is, for readers that go page by page."""

from collections.abc import Callable

#: Called after each page with the pages that are done and their total.
Step = Callable[[int, int], None]


def nothing(done: int, total: int) -> None:
    """For a reader whose progress nobody follows."""
