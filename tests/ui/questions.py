"""Answers to what the window asks over a page."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog

from app.ui.dialogs.dialog import Dialog
from app.ui.dialogs.questions import NameQuestion


def answered(monkeypatch: pytest.MonkeyPatch, *answers: bool, name: str = "") -> list[str]:
    """Every question gets the next of the answers, yes without any, the last again and again; a
    name that is asked for is `name`. What was asked and told, line below line."""
    asked: list[str] = []
    coming = _coming(answers or (True,))

    def run(dialog: Dialog) -> QDialog.DialogCode:
        asked.append("\n".join(filter(None, (dialog.title.text(), dialog.text))))
        if isinstance(dialog, NameQuestion):
            dialog.field.setText(name)
        return QDialog.DialogCode.Accepted if next(coming) else QDialog.DialogCode.Rejected

    monkeypatch.setattr(Dialog, "exec", run)
    return asked


def _coming(answers: tuple[bool, ...]) -> Iterator[bool]:
    yield from answers
    while True:
        yield answers[-1]
