"""python -m tests.bench.ingest FOLDER: the same files into Larets and into LangChain with Chroma.

In turn, `--rounds` times, with the same model and two threads; each in its own environment.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.peers.larets import ROOT


def main(arguments: Sequence[str]) -> None:
    parsed = _parser().parse_args(arguments)
    ours: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    for _ in range(parsed.rounds):
        theirs.append(_langchain(parsed))
        ours.append(_run(parsed.larets_python, "app", "--json", "bench", "ingest", parsed.folder))
        sys.stderr.write(json.dumps({"larets": ours[-1], "langchain": theirs[-1]}) + "\n")
    rates = {"larets": _rates(ours), "langchain": _rates(theirs)}
    ratios = {name: rates["larets"][name] / rates["langchain"][name] for name in rates["larets"]}
    sys.stdout.write(json.dumps({**rates, "ratio": ratios}, indent=1) + "\n")


def _langchain(parsed: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="langchain-") as store:
        return _run(
            parsed.peers_python, "tests.bench.peers.langchain_chroma", parsed.folder,
            parsed.model, store,
        )  # fmt: skip


def _run(python: Path, module: str, *arguments: object) -> dict[str, Any]:
    done = subprocess.run(
        [str(python), "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "2"},
        stdout=subprocess.PIPE,
        check=True,
    )
    report: dict[str, Any] = json.loads(done.stdout.strip().split(b"\n")[-1])
    return report


def _rates(reports: Sequence[dict[str, Any]]) -> dict[str, float]:
    """A second, the median of the rounds."""
    return {
        f"{name}_per_second": statistics.median(each[name] / each["seconds"] for each in reports)
        for name in ("passages", "characters")
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.ingest", allow_abbrev=False)
    parser.add_argument("folder", type=Path, help="texts and PDF files, no folders in it")
    parser.add_argument("--model", type=Path, required=True, help="the embedding model's folder")
    parser.add_argument("--larets-python", type=Path, required=True)
    parser.add_argument("--peers-python", type=Path, default=Path(sys.executable))
    parser.add_argument("--rounds", type=int, default=1)
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
