"""Snapshots that go, then the packs that none needs any more.

In the order snapshot, index, pack: what is named is there at every moment. Packs of which a part is
still needed stay whole.
"""

from app.domain.backups import Retention, kept
from app.store import files
from app.store.backup import stored
from app.store.backup.repository import Repository, named, whole


def rotate(repository: Repository, retention: Retention, newest: str) -> tuple[str, ...]:
    """Remove what the retention does not keep; the ids of the snapshots that went. `newest` was
    just verified and stays. Nothing goes while a snapshot or an index is damaged: what they need,
    nobody can tell, and an old snapshot may be the last good one."""
    snapshots = repository.snapshots()
    if repository.damaged or len(snapshots) < len(named(repository.folder, "snapshots")):
        return ()
    stay = kept(snapshots, retention, newest)
    gone = tuple(snapshot for snapshot, _ in snapshots if snapshot not in stay)
    for snapshot in gone:
        (repository.folder / "snapshots" / snapshot).unlink()
    files.sync_folder(repository.folder / "snapshots")
    _remove_packs(repository)
    return gone


def remove_leftovers(repository: Repository) -> None:
    """What a run that was killed left half written."""
    for folder in (repository.folder, *repository.folder.glob("packs/*")):
        files.remove_leftovers(folder)
    for kind in ("index", "snapshots"):
        files.remove_leftovers(repository.folder / kind)


def _remove_packs(repository: Repository) -> None:
    needed: set[str] = set()
    for path in named(repository.folder, "snapshots"):
        needed |= set(stored.read_head(whole(path)).packs)
    unneeded = [path for path in named(repository.folder, "packs/*") if path.name not in needed]
    if not unneeded:
        return
    former = named(repository.folder, "index")
    rest = tuple(pack for name, pack in repository.packs.items() if name in needed)
    made = repository.keep("index", repository.boxes.seal_index(rest))
    for path in former:
        if path.name != made:
            path.unlink()
    files.sync_folder(repository.folder / "index")
    for path in unneeded:
        path.unlink()
