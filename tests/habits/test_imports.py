import os
import subprocess
import sys

from tests.habits import ROOT

HEAVY = (
    "PySide6",
    "torch",
    "transformers",
    "sentence_transformers",
    "llama_cpp",
    "jinja2",
    "pymupdf",
    "fitz",
    "usearch",
)


def test_a_command_starts_without_anything_heavy() -> None:
    """Each would cost a second or more, before the first word of an answer or an error."""
    program = (
        "import sys, app.__main__, app.cli.main, app.wiring\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
