"""Which parts of the program are here. The frozen program comes in two: all that asks, and the
folder `training` beside it, with torch."""

from functools import cache
from importlib.util import find_spec


@cache
def has_training() -> bool:
    """Whether torch is installed, without loading it."""
    return find_spec("torch") is not None
