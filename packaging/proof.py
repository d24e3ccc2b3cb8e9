"""The proof that the program reaches no network: packaging/proof.py PROGRAM --to FILE.

Walks a user's way through the frozen program in a network namespace without interfaces, under
`strace -f -e trace=network`, and reports every call that was seen. A socket of any kind but a local
one (AF_UNIX), or an attempt to resolve or reach an address, fails the proof. Linux, as root or
where user namespaces are allowed; strace and util-linux must be installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: A call as strace writes it: "1234 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3".
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_FAMILY = re.compile(r"\b(?:AF|PF)_\w+")
_OUTCOME = re.compile(r"= (-1 \w+|\?|-?\d+)")
#: Families that never leave the computer.
LOCAL = frozenset({"AF_UNIX", "AF_LOCAL", "AF_UNSPEC"})


@dataclass(frozen=True)
class Seen:
    """Calls of one kind: of which system call, on what family, how they ended, how often."""

    call: str
    family: str
    outcome: str
    times: int

    @property
    def leaves(self) -> bool:
        """Whether it might have reached another computer: refused calls do not."""
        return bool(self.family) and self.family not in LOCAL and not self.outcome.startswith("-1")


def seen(lines: Iterable[str]) -> list[Seen]:
    """What strace wrote, counted, in a fixed order."""
    counted: Counter[tuple[str, str, str]] = Counter(_calls(lines))
    return [Seen(*kind, times) for kind, times in sorted(counted.items())]


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        call = _CALL.match(line)
        if call is None or "resumed>" in line:
            continue
        family = _FAMILY.search(call[2])
        outcome = _OUTCOME.search(call[2])
        ended = outcome[1] if outcome and outcome[1].startswith("-1") else "done"
        yield call[1], family[0] if family else "", ended


def traced(program: Path, folder: Path) -> list[Seen]:
    """Walk in the namespace; `CalledProcessError` where a step of the walk failed."""
    trace = folder / "trace"
    command = [
        *_namespace(),
        *("strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace)),
        *(sys.executable, str(Path(__file__).parent / "walk.py"), str(program / "larets")),
        *("--folder", str(folder / "walk")),
    ]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=True, env=environment)
    return seen(trace.read_text(encoding="utf-8", errors="replace").splitlines())


def _namespace() -> list[str]:
    return ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--net"]


def report(found: list[Seen], about: str) -> str:
    """The proof in words, in English and Russian, with the table."""
    leaving = [each for each in found if each.leaves]
    verdict = (
        "FAILED: calls that could have left the computer."
        if leaving
        else "No call could leave this computer. / Ни один вызов не вышел за пределы компьютера."
    )
    rows = [f"{'call':<14}{'family':<14}{'outcome':<20}times"]
    rows += [f"{each.call:<14}{each.family:<14}{each.outcome:<20}{each.times}" for each in found]
    return "\n".join((
        "Proof of offline work / Подтверждение работы без сети",
        "",
        about.strip(),
        "",
        verdict,
        "",
        *rows,
        "",
        "AF_UNIX is a pipe between processes of this computer: the display's, and those between",
        "the program and its own child processes. A call that ended with -1 was refused.",
        "How to repeat it, from the source of the commit above, on Linux with strace:",
        "  python3 packaging/proof.py PROGRAM --to FILE",
        "",
    ))  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="proof.py", description="Prove that nothing is reached.")
    parser.add_argument("program", type=Path, help="the folder of the frozen program")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    if missing := [each for each in ("strace", "unshare") if shutil.which(each) is None]:
        print(f"Install {' and '.join(missing)} first.", file=sys.stderr)
        return 1
    program = arguments.program.resolve()
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = traced(program, Path(folder))
        except subprocess.CalledProcessError as error:
            print(f"The walk failed with exit code {error.returncode}.", file=sys.stderr)
            return 1
    text = report(found, (program / "bundle.json").read_text(encoding="utf-8"))
    arguments.to.write_text(text, encoding="utf-8")
    print(text)
    return 1 if any(each.leaves for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
