"""python -m tests.bench.run: all contestants on one question set; a table and a JSON file.

From the root of the checkout, in the bench's own environment, with HF_HUB_OFFLINE=1:

    python -m tests.bench.run --data DATA --set xquad-ru --models KIT --scratch SCRATCH \\
        --larets-python VENV/bin/python --out results.json [--limit N] [--documents N] [--peers …]
"""

import argparse
import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench import contest, measure, sets
from tests.bench.embedding import KeptEmbedding
from tests.bench.peers import larets
from tests.bench.peers.anything_llm import AnythingLLM
from tests.bench.peers.bm25 import BM25
from tests.bench.peers.gpt4all import GPT4All
from tests.bench.peers.langchain import LangChain
from tests.bench.peers.llama_index import LlamaIndex
from tests.bench.table import table

MODELS = {"minilm": "all-minilm-l6-v2", "e5": "multilingual-e5-small"}
PROGRAMS: dict[str, Callable[[KeptEmbedding], contest.Contestant]] = {
    "langchain": LangChain,
    "llamaindex": LlamaIndex,
    "anythingllm": AnythingLLM,
    "gpt4all": GPT4All,
}
PEERS = [*(f"{name}-{model}" for model in MODELS for name in PROGRAMS), "bm25", "bm25-stemmed"]
#: The largest budget, in characters.
FULL = 2000 * 4


def main(arguments: Sequence[str]) -> None:
    parsed = _parser().parse_args(arguments)
    folder = _folder(parsed)
    file, asked = _files(parsed)
    chance = None if parsed.richest else random.Random(parsed.seed)
    sample = sets.lay_out(file, asked, folder, parsed.documents, parsed.limit, chance)
    _note(f"{len(sample.questions)} questions, {len(sample.files)} documents")
    models = {
        each: KeptEmbedding(parsed.models / folder_of, parsed.scratch, parsed.threads)
        for each, folder_of in MODELS.items()
    }
    rows: dict[str, dict[str, Any]] = {}
    for name in ["larets", *parsed.peers]:
        began = time.perf_counter()
        full, sent = _answers(name, parsed, folder, [q.question for q in sample.questions], models)
        values = [
            measure.of_question(question, found) | measure.of_sent(question, few)
            for question, found, few in zip(sample.questions, full, sent, strict=True)
        ]
        rows[name] = {measured: [each[measured] for each in values] for measured in values[0]}
        _note(f"{name}: {time.perf_counter() - began:.0f} s")
    report = _report(parsed, len(sample.questions), len(sample.files), rows)
    parsed.out.write_text(json.dumps(report, indent=1), "utf-8")
    sys.stdout.write(table(report) + "\n")


def _answers(
    name: str,
    parsed: argparse.Namespace,
    folder: Path,
    questions: list[str],
    models: Mapping[str, KeptEmbedding],
) -> tuple[list[list[contest.Segment]], list[list[contest.Segment]]]:
    """What fills the largest context, and what the program sends by default."""
    file = folder.with_name(f"{folder.name}.{name}.jsonl")
    if name == "larets":
        if not (parsed.keep_larets and file.exists()):
            report = larets.run(parsed.larets_python, folder / "questions.json", file)
            _note(json.dumps(report))
        full = larets.found(file)
        return full, [larets.sent(each) for each in full]
    peer = _peer(name, models)
    peer.add(folder / "documents")
    full = [peer.search(each, FULL) for each in questions]
    contest.write(file, full)
    return full, [peer.search(each, None) for each in questions]


def _peer(name: str, models: Mapping[str, KeptEmbedding]) -> contest.Contestant:
    if name.startswith("bm25"):
        return BM25(stemmed=name == "bm25-stemmed")
    program, model = name.split("-")
    return PROGRAMS[program](models[model])


def _report(
    parsed: argparse.Namespace, questions: int, documents: int, rows: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    return {
        "set": parsed.set,
        "questions": questions,
        "documents": documents,
        "seed": None if parsed.richest else parsed.seed,
        "resamples": measure.RESAMPLES,
        "measured": measure.compared(rows),
        "per_question": rows,
    }


def _folder(parsed: argparse.Namespace) -> Path:
    sizes = f"{parsed.documents or 'all'}-{parsed.limit or 'all'}"
    sizes += "-richest" if parsed.richest else f"-{parsed.seed}"
    scratch: Path = parsed.scratch
    return scratch.resolve() / "sets" / f"{Path(parsed.set).stem}-{sizes}"


def _files(parsed: argparse.Namespace) -> tuple[Path, Path | None]:
    if parsed.set in sets.KNOWN:
        file, asked = sets.KNOWN[parsed.set]
        return parsed.data / file, parsed.data / asked if asked else None
    return Path(parsed.set), parsed.asked_in


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.run", allow_abbrev=False)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the known sets")
    parser.add_argument("--set", required=True, help=f"{', '.join(sets.KNOWN)} or a question file")
    parser.add_argument("--asked-in", type=Path, help="a parallel file to take the questions of")
    parser.add_argument("--documents", type=int, help="a sample of so many documents")
    parser.add_argument("--limit", type=int, help="a sample of so many questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--richest", action="store_true", help="no chance: most questions first")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    parser.add_argument("--models", type=Path, required=True, help="folder of the local models")
    parser.add_argument("--scratch", type=Path, required=True, help="vectors and segments; kept")
    parser.add_argument("--larets-python", type=Path, required=True)
    parser.add_argument("--keep-larets", action="store_true", help="take its last segments")
    parser.add_argument("--threads", type=int, default=1, help="more only on idle cores")
    parser.add_argument("--out", type=Path, required=True)
    return parser


def _note(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    logging.disable(logging.INFO)
    main(sys.argv[1:])
