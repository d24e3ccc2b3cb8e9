"""The launcher starts wherever the system's folders lie."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
from app.processes import launcher

if __name__ == "__main__":
    launcher.start()
    child = launcher.context().Process(target=print, args=("started",))
    child.start()
    child.join(60)
    raise SystemExit(child.exitcode)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is started beforehand")
def test_a_session_folder_with_a_long_name_holds_no_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("long " * 20)
    deep.mkdir()
    script = tmp_path / "script.py"
    script.write_text(_PROGRAM)
    places = dict.fromkeys(("XDG_RUNTIME_DIR", "TMPDIR", "TEMP", "TMP"), str(deep))
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | places | {"PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "started\n"), done.stderr
    assert [*deep.iterdir()] == []
