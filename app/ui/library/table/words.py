"""How a document stands and since when it is here, in a few words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.library.documents import Document, DocumentState


def state_name(state: DocumentState) -> str:
    translate = QCoreApplication.translate
    return {
        DocumentState.QUEUED: translate("Documents", "waiting"),
        DocumentState.PARSING: translate("Documents", "being read"),
        DocumentState.EMBEDDING: translate("Documents", "being indexed"),
        DocumentState.INDEXED: translate("Documents", "ready"),
        DocumentState.FAILED: translate("Documents", "failed"),
    }[state]


def state_of(document: Document, *, paused: bool = False) -> str:
    """Its state in a few words, with what is particular about it."""
    translate = QCoreApplication.translate
    if document.error:
        return failure_name(document.error)
    if document.missing:
        return translate("Documents", "file is gone")
    if document.pending and paused:
        return translate("Documents", "paused")
    name = state_name(document.state)
    if document.state == DocumentState.INDEXED and document.pending:
        return translate("Documents", "being renewed")
    if document.partly_read:
        return translate("Documents", "read in part")
    if document.state == DocumentState.INDEXED and document.recognised:
        return translate("Documents", "ready · recognised")
    return name


def failure_name(code: str) -> str:
    translate = QCoreApplication.translate
    return {
        "password-needed": translate("Documents", "needs a password"),
        "no-text": translate("Documents", "no text"),
        "empty-document": translate("Documents", "empty"),
        "file-missing": translate("Documents", "not found"),
        "file-denied": translate("Documents", "no permission"),
        "file-changing": translate("Documents", "being written"),
        "file-too-large": translate("Documents", "too large"),
        "damaged-file": translate("Documents", "damaged"),
        "unknown-format": translate("Documents", "unknown format"),
        "reader-timed-out": translate("Documents", "took too long"),
    }.get(code, translate("Documents", "failed"))


def added_on(moment: float) -> str:
    """A day as one would say it, the year only where it is another one."""
    now = datetime.now().astimezone()
    when = datetime.fromtimestamp(moment, now.tzinfo)
    days = (now.date() - when.date()).days
    if days == 0:
        return QCoreApplication.translate("Documents", "today")
    if days == 1:
        return QCoreApplication.translate("Documents", "yesterday")
    form = "d MMM" if when.year == now.year else "d MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), form)
