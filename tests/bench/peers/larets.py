"""Larets itself, in its own environment: `larets bench retrieval --segments`, product defaults."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.contest import Segment, read

ROOT = Path(__file__).parents[3]
#: What a prompt holds by default: `app.domain.settings.PromptBudget.usual` tokens.
DEFAULT_CHARACTERS = 1000 * 4


def run(python: Path, questions: Path, segments: Path) -> dict[str, Any]:
    """Ask all questions; the command's own report. The segments are written to `segments`."""
    done = subprocess.run(
        [str(python), "-m", "app", "--json", "bench", "retrieval", str(questions),
         "--segments", str(segments)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def sent(segments: list[Segment]) -> list[Segment]:
    """What fits the prompt by default, the last one cut."""
    kept, left = [], DEFAULT_CHARACTERS
    for each in segments:
        if left <= 0:
            break
        kept.append(Segment(each.text[:left], each.document, each.page, each.score))
        left -= len(each.text)
    return kept


def found(segments: Path) -> list[list[Segment]]:
    return read(segments)
