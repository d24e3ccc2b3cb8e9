"""A workspace comes back whole, into an empty place or over the one that went on since."""

import shutil
from pathlib import Path

import pytest

from app.domain.backups import Owner
from app.domain.errors import AccessDenied, BackupInside, FolderNotEmpty, NotInBackup, WrongPassword
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.store.backup import parts, repository
from app.store.chat.conversations import ConversationStore
from app.store.keys import KdfParameters
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from tests.store.backup.scene import OWNER, PASSWORD, Scene, held


def test_into_an_empty_place_on_a_machine_that_has_nothing_else(
    scene: Scene, tmp_path: Path
) -> None:
    scene.taken()
    shutil.rmtree(scene.data)
    shutil.rmtree(scene.witness)
    done = scene.restore(tmp_path / "new")
    assert (done.before, done.closed) == ("", ())
    assert held(tmp_path / "new") == (["the first"], ["pump"], [b"pump"])


def test_over_a_workspace_that_went_on_nothing_is_told_as_lost_and_it_stays_beside(
    scene: Scene,
) -> None:
    taken = scene.taken()
    with scene.opened() as anna:
        ConversationStore(anna.database).create("the second")
        scene.add(anna, "later")
    done = scene.restore(scene.data)
    assert held(scene.data, scene.witness) == (["the first"], ["pump"], [b"pump"])
    with scene.opened() as anna:
        acts = [(each.act, each.subject) for each in anna.audit.entries()]
        assert ("restore", taken.id) in acts
        assert anna.audit.intact(anna.roster())
    titles, documents, _ = held(Path(done.before))
    assert (titles, documents) == (["the first", "the second"], ["later", "pump"])


def test_other_profiles_come_back_as_well(scene: Scene) -> None:
    with scene.opened() as anna:
        vault = Vault(scene.data, scene.witness)
        vault.create("Boris", PASSWORD, Role.READER, anna, KdfParameters())
    with scene.opened("Boris") as boris:
        ConversationStore(boris.database).create("what Boris asks")
    scene.taken()
    target = scene.data.with_name("restored")
    scene.restore(target)
    boris = Vault(target).unlock("Boris", PASSWORD)
    assert [each.title for each in ConversationStore(boris.database).all()] == ["what Boris asks"]
    boris.close()


def test_an_older_snapshot_takes_the_password_of_its_day(scene: Scene) -> None:
    older = scene.taken()
    Vault(scene.data, scene.witness).change_password("Anna", PASSWORD, "another password")
    with pytest.raises(WrongPassword):
        scene.restore(scene.data.with_name("no"), older.id, Owner("Anna", "another password"))


def test_a_place_that_holds_something_else_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.taken()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty):
        scene.restore(tmp_path / "letters")
    with pytest.raises(BackupInside):
        scene.restore(scene.folder / "data")
    assert (tmp_path / "letters" / "letter.txt").read_text() == "mine"


def test_who_is_no_administrator_any_more_restores_nothing_over_the_workspace(
    scene: Scene,
) -> None:
    with scene.opened() as anna:
        vault = Vault(scene.data, scene.witness)
        vault.create("Boris", PASSWORD, Role.ADMINISTRATOR, anna, KdfParameters())
        scene.take(anna)
        vault.change_role("Boris", Role.READER, anna)
    with pytest.raises(AccessDenied):
        scene.restore(scene.data, owner=Owner("Boris", PASSWORD))


def _part(scene: Scene, anna: Unlocked, kind: str, name: str) -> str:
    opened = repository.opened_with_password(scene.folder, "Anna", PASSWORD)
    try:
        _, manifest = opened.chosen(None)
        with parts.opened_then(opened, manifest, scene.data, OWNER, NoControl()) as then:
            if kind == "conversation":
                return parts.conversation(then, name, anna)
            return parts.collection(then, name, anna, NoControl()).name
    finally:
        opened.close()


def _holds(anna: Unlocked, name: str) -> dict[str, str]:
    """The documents of a collection by name, each with its id, after its originals were read."""
    (found,) = [each for each in anna.collections() if each.name == name]
    library = anna.open_collection(found)
    documents = {each.name: each.id for each in library.documents()}
    assert all(library.original(each) for each in documents.values())
    library.database.verify()
    library.close()
    return documents


def test_a_deleted_collection_comes_back_under_its_name(scene: Scene) -> None:
    scene.taken()
    with scene.opened() as anna:
        (library,) = anna.collections()
        anna.delete_collection(library.id)
        assert _part(scene, anna, "collection", "Library") == "Library"
    with scene.opened() as anna:
        assert set(_holds(anna, "Library")) == {"pump"}
        assert anna.losses() == ()
        with pytest.raises(NotInBackup):
            _part(scene, anna, "collection", "Nothing")


def test_a_collection_comes_back_beside_the_present_one_with_documents_of_its_own(
    scene: Scene,
) -> None:
    scene.taken()
    with scene.opened() as anna:
        scene.add(anna, "later")
        name = _part(scene, anna, "collection", "Library")
        assert name.startswith("Library (restored ")
        present, again = _holds(anna, "Library"), _holds(anna, name)
    assert (set(present), set(again)) == ({"pump", "later"}, {"pump"})
    assert not set(present.values()) & set(again.values())


def test_a_conversation_comes_back_under_a_new_id(scene: Scene) -> None:
    scene.taken()
    with scene.opened() as anna:
        store = ConversationStore(anna.database)
        (first,) = store.all()
        made = _part(scene, anna, "conversation", first.id)
        assert {each.id for each in store.all()} == {first.id, made}
        with pytest.raises(NotInBackup):
            _part(scene, anna, "conversation", "no such id")
    assert not list(scene.data.glob(".restoring*"))
