"""What can be repaired without a loss, called as the health checks that find it."""

from enum import StrEnum


class Repairable(StrEnum):
    """The first two need no profile; what the others change is asked of the role."""

    PERMISSIONS = "permissions"
    LEFTOVERS = "leftovers"
    DISK_SPACE = "disk-space"
    SEARCH_INDEX = "search-index"
