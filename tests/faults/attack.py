"""The attack, as long as is asked for: python -m tests.faults.attack --kills 500 --flips 2000
--cuts 200 --back 200 --full 200. Prints a table of trials and failures, and every failure."""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.errors import LaretsError
from app.domain.roles import Role
from app.store.chat.conversations import ConversationStore
from tests.faults.acts import ACTS
from tests.faults.workspace import PASSWORD, copied, filled, look, quick_keys, vault

#: Seconds within which a kill comes, by act: they begin after an interpreter has started.
_LATEST = 2.2


class Attack:
    """Trials by their kind, with what went wrong in each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._random = folder, random.Random(seed)
        self.trials: Counter[str] = Counter()
        self.failures: list[tuple[str, str]] = []
        self._whole = folder / "whole" / "data"
        filled(self._whole)

    def run(self, kind: str, times: int, trial: Callable[[], str]) -> None:
        """So many trials; one fails with what it says, and with any error that is none of ours."""
        for _ in range(times):
            self.trials[kind] += 1
            try:
                wrong = trial()
            except Exception as error:  # noqa: BLE001  a traceback is what a trial looks for
                wrong = f"traceback: {type(error).__name__}: {error}"
            if wrong:
                self.failures.append((kind, wrong))

    def _fresh(self) -> Path:
        shutil.rmtree(self._folder / "trial", ignore_errors=True)
        (self._folder / "trial").mkdir()
        return copied(self._whole, self._folder / "trial" / "data")

    # -- kills ------------------------------------------------------------------------------------

    def kill(self) -> str:
        """Any act, killed at any moment: it opens again, nothing confirmed is lost, nothing is told
        that did not happen."""
        act = self._random.choice(ACTS)
        data = self._fresh()
        if act == "found":
            shutil.rmtree(data)
        confirmed = self._killed(data, act)
        if act == "found":
            return self._founded(data, confirmed)
        return self._kept(data, act, confirmed)

    def _killed(self, data: Path, act: str) -> list[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.acts", str(data), act],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        time.sleep(self._random.uniform(0.3, _LATEST))
        process.kill()
        out, _ = process.communicate()
        return out.split("\n")[:-1]

    def _founded(self, data: Path, confirmed: list[str]) -> str:
        quick_keys()
        if not vault(data).profiles():
            if confirmed:
                return "a founded workspace is gone"
            vault(data).create("Anna", PASSWORD, Role.ADMINISTRATOR)
        anna = vault(data).unlock("Anna", PASSWORD)
        told = anna.losses()
        anna.close()
        return f"told {told}" if told else ""

    def _kept(self, data: Path, act: str, confirmed: list[str]) -> str:
        found = look(data)
        if found.refused == "wrong-password" and act == "passwords":
            vault(data).change_password("Anna", f"{PASSWORD} 2", PASSWORD)
            found = look(data)
        if found.refused:
            return f"{act}: locked, {found.refused}"
        if found.losses or found.unreadable:
            return f"{act}: told {found.losses} {found.unreadable}"
        if act == "write":
            lost = found.conversations < 4 + len(confirmed)
            lost = lost or found.documents["Library"] < 6 + len(confirmed)
            return "write: something confirmed is lost" if lost else ""
        if act == "collections" and not set(confirmed) <= set(found.documents):
            return "collections: a confirmed one is lost"
        whole = found.conversations == 4 and found.documents["Contracts"] == 6
        return "" if whole else f"{act}: something is lost"

    # -- damage -----------------------------------------------------------------------------------

    def _file(self, data: Path) -> Path:
        """Any file of the workspace, each kind as likely."""
        kinds: dict[str, list[Path]] = {}
        for path in sorted(data.rglob("*")):
            if path.is_file() and path.stat().st_size and not path.name.endswith("lock"):
                kinds.setdefault(f"{path.parent.name[:5]}{path.suffix}", []).append(path)
        return self._random.choice(kinds[self._random.choice(sorted(kinds))])

    def flip(self) -> str:
        """One bit of any file: everything is whole, or what is not is named."""
        data = self._fresh()
        path = self._file(data)
        raw = bytearray(path.read_bytes())
        raw[self._random.randrange(len(raw))] ^= 1 << self._random.randrange(8)
        path.write_bytes(raw)
        return self._damaged(data, path, "flipped")

    def cut(self) -> str:
        """Any file shortened, emptied or deleted."""
        data = self._fresh()
        path = self._file(data)
        how = self._random.choice(("cut", "emptied", "deleted"))
        if how == "deleted":
            path.unlink()
        else:
            size = path.stat().st_size
            os.truncate(path, self._random.randrange(size) if how == "cut" else 0)
        return self._damaged(data, path, how)

    def _damaged(self, data: Path, path: Path, how: str) -> str:
        part = path.relative_to(data)
        found = look(data)
        if found.refused:
            return f"{part} {how}: locked, {found.refused}"
        if not found.is_whole and not found.is_told:
            return f"{part} {how}: lost without a word"
        return ""

    def put_back(self) -> str:
        """A database, the header, or everything, put back to an earlier state."""
        data = self._fresh()
        earlier = copied(data, self._folder / "trial" / "earlier")
        quick_keys()
        anna = vault(data).unlock("Anna", PASSWORD)
        library = anna.open_collection(anna.collections()[0])
        library.set_fact("trial", "later")
        library.close()
        ConversationStore(anna.database).create("later")
        anna.close()
        parts = [each for each in earlier.rglob("*.db") if "spare" not in each.parts]
        profiles = {anna.database.path.name, "workspace.db"}
        parts = [
            each
            for each in parts
            if each.name in profiles or each.parent.name == library.database.path.parent.name
        ]
        part = self._random.choice([*parts, earlier])
        if part == earlier:
            copied(earlier, data)
        else:
            shutil.copy(part, data / part.relative_to(earlier))
        found = look(data)
        name = part.relative_to(earlier)
        return "" if found.is_told and not found.refused else f"{name} put back: {found}"

    def full(self, disk: Path) -> str:
        """A disk that fills at any moment of ordinary work; then there is room again."""
        for earlier in ("data", "witness"):
            shutil.rmtree(disk / earlier, ignore_errors=True)
        data = copied(self._whole, disk / "data")
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free - self._random.randrange(4096, 600_000)
        filler.write_bytes(b"\0" * max(free, 0))
        refusals = list(self._work_until_full(data))
        filler.unlink()
        found = look(data)
        if found.refused or found.unreadable or found.losses:
            return f"after a full disk ({refusals}): {found}"
        return "" if found.documents["Contracts"] == 6 else "after a full disk: lost"

    def _work_until_full(self, data: Path) -> Iterator[str]:
        quick_keys()
        try:
            anna = vault(data).unlock("Anna", PASSWORD)
        except LaretsError as error:
            yield error.code
            return
        try:
            for number in range(20):
                anna.create_collection(f"new {number}")
        except LaretsError as error:
            yield error.code
        finally:
            anna.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    for name in ("kills", "flips", "cuts", "back", "full"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disk", type=Path, help="a small file system of its own, for --full")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        attack = Attack(Path(folder), asked.seed)
        attack.run("kill", asked.kills, attack.kill)
        attack.run("flip", asked.flips, attack.flip)
        attack.run("cut", asked.cuts, attack.cut)
        attack.run("put back", asked.back, attack.put_back)
        if asked.disk:
            attack.run("disk full", asked.full, lambda: attack.full(asked.disk))
    failed = Counter(kind for kind, _ in attack.failures)
    for kind, trials in attack.trials.items():
        sys.stdout.write(f"{kind:<10} {trials:>5} trials  {failed[kind]:>4} failures\n")
    for kind, wrong in attack.failures:
        sys.stdout.write(f"{kind}: {wrong}\n")
    return 1 if attack.failures else 0


if __name__ == "__main__":
    sys.exit(main())
