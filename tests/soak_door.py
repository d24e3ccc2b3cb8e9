"""Asks `larets serve` for as long as one wants, and looks whether it stays what it is:
python -m tests.soak_door --minutes N --clients 8

A real profile with the sample library, the real embedding model and a chat model of random weights
(tests.tiny_gguf). Each client has a key of its own and goes round: an answer, one in pieces, a
search, the documents, a tool of the Model Context Protocol. Prints one JSON object; ends with 1
where a request failed or memory grew by more than 5 % after the first tenth of the time.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil

from tests.conftest import EMBEDDING_MODEL
from tests.habits import ROOT
from tests.tiny_gguf import Shape, write_tiny

GROWTH = 0.05
_MB = 1 << 20
#: Characters are tokens of the model of random weights.
_CONTEXT, _TOKENS = 32_768, 16
_LOOKS = 60
#: How an error looks that comes with the status of a success.
_WRONG = {"stream": ('data: {"error"',), "mcp": ('"isError":true', '"error":{')}
ASKED = ("How many days of leave does an employee get?", "Who hires out the forklift?",
         "What does the pump NP-42 deliver?", "When is the gantry crane inspected?")  # fmt: skip


@dataclass
class Asked:
    """What one client did: requests by kind, how long they took in seconds, what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    waited: int = 0


class Client(threading.Thread):
    """Asks until it is told to stop; where it is told to come again it does."""

    def __init__(self, place: Path, key: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.asked, self._over, self._number = Asked(), over, 0
        self._http = httpx2.Client(
            transport=httpx2.HTTPTransport(uds=str(place)), base_url="http://localhost",
            timeout=120, headers={"Authorization": f"Bearer {key}",
                                  "Accept": "application/json, text/event-stream"},
        )  # fmt: skip

    def run(self) -> None:
        kinds: Mapping[str, Callable[[], httpx2.Response]] = {
            "chat": lambda: self._chat(stream=False),
            "stream": lambda: self._chat(stream=True),
            "search": lambda: self._post("/api/search", {"query": self._question, "k": 5}),
            "documents": lambda: self._http.get("/api/documents"),
            "mcp": self._tool,
        }
        with self._http:
            while not self._over.is_set():
                for kind, ask in kinds.items():
                    self._once(kind, ask)
                    self._number += 1

    def _once(self, kind: str, ask: Callable[[], httpx2.Response]) -> None:
        began = time.monotonic()
        try:
            answer = ask()
        except httpx2.HTTPError as error:
            if not self._over.is_set():
                self.asked.errors.append(f"{kind}: {type(error).__name__}")
            return
        if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
            self.asked.waited += 1
            self._over.wait(float(answer.headers["retry-after"]))
        elif answer.is_error or any(mark in answer.text for mark in _WRONG.get(kind, ())):
            self.asked.errors.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
        else:
            self.asked.counts[kind] += 1
            self.asked.seconds.setdefault(kind, []).append(time.monotonic() - began)

    @property
    def _question(self) -> str:
        return ASKED[self._number % len(ASKED)]

    def _chat(self, *, stream: bool) -> httpx2.Response:
        turns = [{"role": "user", "content": self._question}]
        told = {"model": "larets", "messages": turns, "stream": stream, "max_tokens": _TOKENS}
        return self._post("/v1/chat/completions", told)

    def _tool(self) -> httpx2.Response:
        call = {"name": "search", "arguments": {"query": self._question}}
        told = {"jsonrpc": "2.0", "id": self._number, "method": "tools/call", "params": call}
        return self._post("/mcp", told)

    def _post(self, path: str, body: Mapping[str, Any]) -> httpx2.Response:
        return self._http.post(path, json=body)


@dataclass(frozen=True)
class Serving:
    """A workspace in a folder, and the program that answers for it."""

    folder: Path

    @property
    def place(self) -> Path:
        return self.folder / "door.sock"

    def prepare(self, clients: int) -> list[str]:
        """A profile with the sample library; the keys of so many clients."""
        kit = self.folder / "kit"
        kit.mkdir()
        (kit / "embedding").symlink_to(EMBEDDING_MODEL)
        (self.folder / "password").write_text("password of the tests")
        model = self.folder / "random.gguf"
        write_tiny(model, shape=Shape(context=_CONTEXT))
        self._done("profile", "create", "Anna")
        self._done("models", "add", str(model))
        self._done("models", "use", model.stem)
        self._done("add", str(ROOT / "resources" / "samples" / "en"))
        self._done("policy", "set", "local-interface", "on")
        return [str(self._done("keys", "create", f"client {n}")["key"]) for n in range(clients)]

    def begin(self) -> "subprocess.Popen[str]":
        words = self._command("serve", "--socket", str(self.place))
        process = subprocess.Popen(
            words, cwd=ROOT, env=self._environment, text=True, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def _done(self, *words: str) -> dict[str, Any]:
        ran = subprocess.run(
            self._command(*words), cwd=ROOT, env=self._environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if ran.returncode:
            raise SystemExit(f"{words}: {ran.stdout}{ran.stderr}")
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    def _command(self, *words: str) -> list[str]:
        common = ["--data-dir", self.folder / "data", "--password-file", self.folder / "password"]
        return [sys.executable, "-m", "app", *map(str, common), "--json", *words]

    @property
    def _environment(self) -> dict[str, str]:
        return os.environ | {"LARETS_MODELS": str(self.folder / "kit"), "PYTHONPATH": str(ROOT)}


def memory(process: psutil.Process) -> float:
    """Megabytes that are resident in a program and in all that it started."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / _MB


def soak(minutes: float, clients: int, folder: Path) -> dict[str, Any]:
    """What came of so many minutes with so many clients; workspace and log lie in the folder."""
    serving = Serving(folder)
    keys = serving.prepare(clients)
    process, over = serving.begin(), threading.Event()
    asking = [Client(serving.place, key, over) for key in keys]
    seen: list[tuple[float, float]] = []
    began, watched = time.monotonic(), psutil.Process(process.pid)
    try:
        for each in asking:
            each.start()
        pause = min(minutes * 60 / _LOOKS, 5.0)
        while (passed := time.monotonic() - began) < minutes * 60 and process.poll() is None:
            seen.append((passed, memory(watched)))
            time.sleep(pause)
        over.set()
        for each in asking:
            each.join(120)
    finally:
        process.terminate()
        code = process.wait(60)
        if process.stdout is not None:
            process.stdout.close()
    return {"minutes": minutes, "exit": code, **told([each.asked for each in asking], seen)}


def told(asked: Sequence[Asked], seen: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Requests, errors, fairness, seconds of each kind, and memory: at the start, every minute, at
    the end, its slope in MB a minute and its growth after the first tenth of the time."""
    counts = sum((each.counts for each in asked), Counter[str]())
    totals = [each.counts.total() for each in asked]
    errors = [error for each in asked for error in each.errors]
    end = seen[-1][0]
    early = [size for passed, size in seen if end / 10 <= passed < end / 5]
    settled = [(passed, size) for passed, size in seen if passed >= end / 10]
    late = [size for passed, size in seen if passed >= end * 0.9]
    before, after = statistics.median(early), statistics.median(late)
    slope = statistics.linear_regression(*zip(*settled, strict=True)).slope * 60
    minutes = range(int(end // 60) + 1)
    return {
        "requests": dict(counts),
        "turned_away": sum(each.waited for each in asked),
        "errors": len(errors),
        "first_errors": errors[:5],
        "each_client": {"least": min(totals), "most": max(totals)},
        "seconds": {kind: _spread(kind, asked) for kind in counts},
        "megabytes": {
            "start": round(seen[0][1]),
            "minutes": [round(next(s for p, s in seen if p >= 60 * m)) for m in minutes],
            "end": round(seen[-1][1]),
            "slope": round(slope, 2),
            "growth": round(after / before - 1, 4),
        },
    }


def _spread(kind: str, asked: Sequence[Asked]) -> dict[str, float]:
    seconds = sorted(second for each in asked for second in each.seconds.get(kind, ()))
    last = len(seconds) - 1
    return {
        "median": round(seconds[last // 2], 3),
        "95": round(seconds[round(last * 0.95)], 3),
        "most": round(seconds[-1], 3),
    }


def failed(found: Mapping[str, Any]) -> bool:
    """Whether it is not what it was."""
    return bool(found["errors"] or found["exit"]) or found["megabytes"]["growth"] > GROWTH


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=8)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        found = soak(arguments.minutes, arguments.clients, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(json.dumps(found) + "\n")
    return int(failed(found))


if __name__ == "__main__":
    sys.exit(main())
