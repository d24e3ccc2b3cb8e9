"""Roles, what each may do, and a profile that was just made."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    READER = "reader"


class Act(StrEnum):
    ASK = "ask"
    ADD_DOCUMENTS = "add-documents"
    REMOVE_DOCUMENTS = "remove-documents"
    CONNECT_DATABASES = "connect-databases"
    CHANGE_MODELS = "change-models"
    CHANGE_ASSISTANTS = "change-assistants"
    TRAIN = "train"
    CHANGE_PROFILES = "change-profiles"
    SHARE_COLLECTIONS = "share-collections"
    READ_LOG = "read-log"
    CHANGE_POLICIES = "change-policies"
    ACKNOWLEDGE_LOSSES = "acknowledge-losses"
    BACK_UP = "back-up"
    #: What every role may, unless a policy forbids it to all.
    EXPORT = "export"
    ATTACH = "attach"
    OPEN_ELSEWHERE = "open-elsewhere"
    CONNECT_PROGRAMS = "connect-programs"
    USE_DEPARTMENT = "use-department"
    #: What every role may, unless the workspace lies on a medium that cannot be written to.
    KEEP = "keep"


_READER = frozenset(
    {
        Act.ASK,
        Act.EXPORT,
        Act.ATTACH,
        Act.OPEN_ELSEWHERE,
        Act.CONNECT_PROGRAMS,
        Act.USE_DEPARTMENT,
        Act.KEEP,
    }
)
_EDITOR = _READER | {Act.ADD_DOCUMENTS, Act.REMOVE_DOCUMENTS, Act.CHANGE_ASSISTANTS, Act.TRAIN}
_ALLOWED = {
    Role.READER: _READER,
    Role.EDITOR: _EDITOR,
    Role.ADMINISTRATOR: frozenset(Act),
}
#: What is left where nothing can be written.
_READING = frozenset({Act.ASK, Act.EXPORT, Act.OPEN_ELSEWHERE, Act.READ_LOG})


def only_reads(act: Act) -> bool:
    """Whether it leaves nothing in the workspace that has to last."""
    return act in _READING


def may(role: Role, act: Act) -> bool:
    return act in _ALLOWED[role]


@dataclass(frozen=True)
class ListedProfile:
    """As the readable header tells of it; `role` is None where its list of members does not hold
    together."""

    name: str
    role: Role | None


@dataclass(frozen=True)
class CreatedProfile:
    """`recovery_key` is shown this once and kept nowhere."""

    name: str
    role: Role
    recovery_key: str
