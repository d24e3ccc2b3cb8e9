"""The scripted start in a process of its own: real models, the sample library, one question."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model


def test_the_demo_answers_from_the_samples_and_shows_every_view(
    tmp_path: Path, chat_model: Path, embedding_model: Path
) -> None:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "chat").symlink_to(chat_model.parent)
    (kit / "embedding").symlink_to(embedding_model)
    pictures = tmp_path / "pictures"
    run = subprocess.run(
        [
            sys.executable, "-m", "app", "--data-dir", str(tmp_path / "data"),
            "--profile-demo", "--screenshots", str(pictures),
        ],
        env=os.environ | {"LARETS_MODELS": str(kit), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    assert "Traceback" not in run.stderr
    names = {f"{view}-{theme}-{code}.png" for view in ("chat", "library", "models")
             for theme in ("light", "dark") for code in ("ru", "en")}  # fmt: skip
    assert names <= {each.name for each in pictures.iterdir()}
    assert all(each.stat().st_size > 20_000 for each in pictures.iterdir())
