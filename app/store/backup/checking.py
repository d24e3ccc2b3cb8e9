"""Is everything there, and is it what was written? Every byte of every file is read.

Without the repository's key damage is found, since names are digests and a snapshot names its packs
in the open; with it forgery too, and which files of the workspace lose something.
"""

from collections import defaultdict
from pathlib import Path

from app.domain.backups import Damage, DamageKind, Verdict
from app.domain.errors import DamagedBackup
from app.domain.progress import Control, Progress
from app.store.backup import stored
from app.store.backup.repository import HEADERS, Repository, named, whole
from app.store.backup.stored import Unreadable


class Checker:
    """Of the backup in `folder`; with its key where `repository` is given."""

    def __init__(self, folder: Path, repository: Repository | None, control: Control) -> None:
        self._folder, self._repository, self._control = folder, repository, control
        self._found: dict[str, DamageKind] = {}
        self._checked = 0

    def check(self) -> Verdict:
        """`Cancelled`."""
        self._headers()
        needed = self._snapshots()
        for path in named(self._folder, "index"):
            self._whole(path)
        self._packs(needed)
        files = self._files_that_lose()
        damage = tuple(
            Damage(what, kind, tuple(files.get(what, ())))
            for what, kind in sorted(self._found.items())
        )
        return Verdict(not damage, self._checked, self._repository is not None, damage)

    def _headers(self) -> None:
        for name in HEADERS:
            try:
                raw = (self._folder / name).read_bytes()
                self._checked += len(raw)
                stored.read_header(raw)
            except FileNotFoundError:
                self._found[name] = DamageKind.MISSING
            except (Unreadable, OSError):
                self._found[name] = DamageKind.CHANGED

    def _snapshots(self) -> set[str]:
        """The packs that whole snapshots need."""
        needed: set[str] = set()
        for path in named(self._folder, "snapshots"):
            if self._whole(path):
                needed |= set(stored.read_head(path.read_bytes()).packs)
        return needed

    def _packs(self, needed: set[str]) -> None:
        present = {path.name: path for path in named(self._folder, "packs/*")}
        for name in needed - set(present):
            self._found[f"packs/{name[:2]}/{name}"] = DamageKind.MISSING
        for count, path in enumerate(present.values()):
            self._control.check()
            self._control.report(Progress(count, len(present), path.name))
            if self._whole(path) and self._repository:
                self._genuine(path, self._repository)

    def _whole(self, path: Path) -> bool:
        try:
            self._checked += len(whole(path))
        except Unreadable:
            self._found[self._name(path)] = DamageKind.CHANGED
            return False
        return True

    def _genuine(self, path: Path, repository: Repository) -> None:
        pack = repository.packs.get(path.name)
        if pack is None:  # a run that was killed left it; nothing is read from it
            return
        content = path.read_bytes()
        try:
            for each in pack.chunks:
                box = content[each.offset : each.offset + each.length]
                repository.boxes.open_chunk(each.id, box)
        except Unreadable:
            self._found[self._name(path)] = DamageKind.CHANGED

    def _files_that_lose(self) -> dict[str, list[str]]:
        """By the file of the repository that is to blame; what no index names counts as the loss of
        the indexes."""
        repository = self._repository
        if repository is None:
            return {}
        blamed = {
            chunk.id: self._name(repository.pack_path(pack.name))
            for pack in repository.packs.values()
            for chunk in pack.chunks
        }
        loss: defaultdict[str, list[str]] = defaultdict(list)
        for snapshot, _ in repository.snapshots():
            try:
                manifest = repository.manifest(snapshot)
            except DamagedBackup:
                self._found[f"snapshots/{snapshot}"] = DamageKind.CHANGED
                continue
            for entry in manifest.files:
                whats = {blamed.get(chunk, "index") for chunk in entry.chunks}
                if "index" in whats:
                    self._found.setdefault("index", DamageKind.MISSING)
                for what in whats & set(self._found):
                    loss[what].append(f"{snapshot}:{entry.path}")
        return loss

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()
