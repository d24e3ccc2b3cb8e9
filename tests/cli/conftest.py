"""Commands run in this process, in a workspace of the test's own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from app.services.session import Begin

PASSWORD = "password of the tests"


@dataclass
class Said:
    """Exit code, standard output and standard error of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output, which has to be all that stands there."""
        found: dict[str, Any] = json.loads(self.out)
        assert self.out.count("\n") == 1
        return found

    @property
    def error(self) -> str:
        """The code of a failure, after what every failure keeps to was checked."""
        assert self.code == 1
        assert "Traceback" not in self.out + self.err
        assert len(self.err.strip().split("\n")) == 1
        reason = self.json["error"]
        assert set(reason) == {"code", "message", "hint"}
        assert reason["message"]
        return str(reason["code"])


Run = Callable[..., Said]


def runner(begin: Begin, data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("models", "list"): with --json and the password unless told otherwise."""
    secret = data.with_name("password")
    secret.write_text(f"{PASSWORD}\nand a second line\n")

    def run(*arguments: object, password: Path | None = secret, as_json: bool = True) -> Said:
        words = ["--data-dir", str(data), *map(str, arguments)]
        if password is not None:
            words += ["--password-file", str(password)]
        capsys.readouterr()
        code = main([*words, "--json"] if as_json else words, begin)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
