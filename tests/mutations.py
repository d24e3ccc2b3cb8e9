"""Twenty behaviours that matter: an edit that breaks each, and the tests that must then fail.

`python -m tests.mutations` copies the tracked files, makes one edit after the other in the copy,
and runs the tests named for it; its last line is "20 of 20 caught". A number or a part of a name
runs only those. That every edit still fits the code is tested by tests/habits/test_mutations.py.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.habits import ROOT, tracked

#: Exit codes of pytest: all passed, some failed.
_PASSED, _FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Mutation:
    """`before` stands exactly once in `file`, below app/, and becomes `after`; `tests` are pytest's
    arguments, below tests/."""

    behaviour: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


MUTATIONS = (
    Mutation(
        "a question that the documents do not answer is refused",
        "services/retrieval/service.py",
        "return evidence >= needed, False",
        "return True, False",
        ("services/chat/test_abstention.py",),
    ),
    Mutation(
        "a role that may not do an act is refused",
        "services/profiles/access.py",
        "if not may(self.role, act):",
        "if False and not may(self.role, act):",
        ("services/library/test_library.py", "services/profiles"),
    ),
    Mutation(
        "the offline guard refuses network sockets",
        "offline.py",
        'raise NetworkRefused(f"{event}: Larets opens no network connections")',
        "return",
        ("test_offline.py",),
    ),
    Mutation(
        "a database that was put back to an earlier state is noticed",
        "store/vault/sealed_record.py",
        "if count < self._state.databases.get(part, 0):",
        "if count < 0:",
        ("store/vault/test_sealed_record.py",),
    ),
    Mutation(
        "an entry of the roster needs an administrator's signature",
        "store/vault/roster.py",
        "return fits and keys.is_signed(key, _PURPOSE, entry.signed, signature)",
        "return fits or bool(signature)",
        ("store/vault/test_roles_by_key.py",),
    ),
    Mutation(
        "a changed row of the audit log is noticed",
        "store/vault/audit.py",
        "if row.entry.number != place or not sealed:",
        "if row.entry.number != place:",
        ("store/vault/test_audit.py",),
    ),
    Mutation(
        "what is attached to a conversation is granted to its own profile alone",
        "store/vault/unlocked.py",
        "if not alone or member.profile == self.profile:",
        "if True or member.profile == self.profile:",
        ("services/library/test_attachments.py", "store/vault"),
    ),
    Mutation(
        "wrong passwords make the next try wait",
        "store/vault/vault.py",
        "return 0.0 if failures < 2 else min(2.0 ** (failures - 2), _LONGEST_WAIT)",
        "return 0.0",
        ("store/vault/test_vault.py",),
    ),
    Mutation(
        "an encrypted file that was cut short is damage",
        "store/files.py",
        r'return counter.to_bytes(11, "big") + (b"\1" if last else b"\0")',
        r'return counter.to_bytes(11, "big") + b"\0"',
        ("store/test_files.py",),
    ),
    Mutation(
        "a citation that its passage does not support is not shown as one",
        "domain/chat/citations.py",
        "    if not found.confirmed:\n        return Citation(number",
        "    if False:\n        return Citation(number",
        ("domain/chat/test_citations.py",),
    ),
    Mutation(
        "a claim with another number is not confirmed by a passage",
        "domain/evidence/support.py",
        "if not self._said.figures <= window.all:",
        "if False and not self._said.figures <= window.all:",
        ("domain/chat/test_citations.py", "domain/evidence/test_support.py"),
    ),
    Mutation(
        "a deleted conversation can be taken back for a while",
        "services/conversations/service.py",
        "gone = self._store.purge(time.time() - older)",
        "gone = self._store.purge(time.time() + 1)",
        ("services/conversations",),
    ),
    Mutation(
        "a search gives as many segments as were asked for",
        "services/retrieval/service.py",
        "self._joining(at))[:limit]:",
        "self._joining(at)):",
        ("services/retrieval/test_retrieval.py",),
    ),
    Mutation(
        "a search stays within its scope",
        "services/retrieval/service.py",
        "if scope.fits(document)",
        "if document",
        ("services/retrieval/test_scope.py",),
    ),
    Mutation(
        "vectors of two embedding models are never compared",
        "services/retrieval/service.py",
        "if stored is not None and stored != name:",
        "if stored is None and name is None:",
        ("services/models", "services/library/test_ingest.py"),
    ),
    Mutation(
        "orders in a document do not reach the model",
        "domain/text/injection.py",
        'return "".join([*kept, text[place:]])',
        "return text",
        ("domain/text/test_injection.py",),
    ),
    Mutation(
        "a model file that was changed is not opened",
        "services/models/service.py",
        "raise ModelChanged(name=model.name)",
        "pass",
        ("services/models/test_inference.py",),
    ),
    Mutation(
        "an adapter that llama.cpp computes otherwise is not kept",
        "services/training/service.py",
        "if not finished.export_kl <= max(_SAME, _OF_ROUNDING * finished.export_floor):",
        "if False:",
        ("services/training/test_training.py",),
    ),
    Mutation(
        "a finished training cannot be undone by cancelling",
        "domain/training/lifecycle.py",
        "dict.fromkeys((_DRAFT, _RUNNING, _PAUSED, _TRAINED, _FAILED), _DRAFT)",
        "dict.fromkeys(TrainingState, _DRAFT)",
        ("domain/training/test_lifecycle.py",),
    ),
    Mutation(
        "slow work stops when it is asked to",
        "services/jobs.py",
        "        if self.cancelled:\n            raise Cancelled\n",
        "        if self.cancelled:\n            return\n",
        ("services/test_jobs.py",),
    ),
    Mutation(
        "the same content is stored once",
        "store/library/library.py",
        "def with_content(self, sha256: str) -> Document | None:\n",
        "def with_content(self, sha256: str) -> Document | None:\n        return None\n",
        ("services/library/test_library.py",),
    ),
)


def main(wanted: Sequence[str]) -> int:
    """Run those mutations whose number or behaviour was named, all without a name."""
    numbered = list(enumerate(MUTATIONS, start=1))
    chosen = [(n, m) for n, m in numbered if not wanted or _is_wanted(n, m, wanted)]
    with tempfile.TemporaryDirectory(prefix="larets-mutations-") as folder:
        copy = Path(folder)
        for path in tracked():
            target = copy / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        tests = list(dict.fromkeys(each for _, mutation in chosen for each in mutation.tests))
        if _run(copy, tests) != _PASSED:
            print("The tests fail without any edit.")  # noqa: T201  a command of its own
            return 1
        caught = sum(_is_caught(copy, number, mutation) for number, mutation in chosen)
    print(f"{caught} of {len(chosen)} caught")  # noqa: T201
    return 0 if caught == len(chosen) else 1


def _is_wanted(number: int, mutation: Mutation, wanted: Sequence[str]) -> bool:
    return any(each == str(number) or each in mutation.behaviour for each in wanted)


def _is_caught(copy: Path, number: int, mutation: Mutation) -> bool:
    path = copy / "app" / mutation.file
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(mutation.before, mutation.after), "utf-8")
    try:
        caught = _run(copy, mutation.tests) == _FAILED
    finally:
        path.write_text(whole, "utf-8")
    verdict = "caught" if caught else "MISSED"
    print(f"{number:2} {verdict}  {mutation.behaviour}", flush=True)  # noqa: T201
    return caught


def _run(copy: Path, tests: Sequence[str]) -> int:
    """pytest's exit code; tests that load a model are left out."""
    arguments = [f"tests/{each}" for each in tests]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not model",
         *arguments],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen",
                          "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
