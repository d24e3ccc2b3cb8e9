"""What an administrator does by command alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.chat.conversation import Message, Quotation, QuotationFound
from app.domain.progress import Control
from app.services.chat.service import ChatService
from tests.cli.conftest import PASSWORD, Run

NEW = "another password of the tests"


def secret(folder: Path, text: str) -> Path:
    path = folder / f"secret {len(list(folder.glob('secret *')))}"
    path.write_text(text)
    return path


@pytest.fixture
def boris(run: Run, tmp_path: Path) -> Path:
    """Boris, an editor, with a private collection of his own; his password's file."""
    file = secret(tmp_path, "Boris's password")
    as_boris = ("--profile", "Boris")
    run("profile", "create", "Boris", "--role", "editor", "--new-password-file", file)
    run("collection", "create", "Drafts", "--private", *as_boris, password=file)
    return file


def test_a_profile_that_holds_collections_alone_is_not_deleted_by_itself(
    run: Run, boris: Path, tmp_path: Path
) -> None:
    folders = tmp_path / "data" / "collections"
    before = len(list(folders.iterdir()))
    refused = run("profile", "delete", "Boris", "--profile", "Anna")
    assert refused.error == "holds-collections"
    assert "Drafts" in refused.json["error"]["message"]
    assert run("profile", "delete", "Boris", "--with-private", "--profile", "Anna").code == 0
    assert len(list(folders.iterdir())) == before - 1


def test_what_is_shared_stays_when_its_owner_goes(run: Run, boris: Path) -> None:
    shared = ("collection", "share", "Drafts", "Anna", "--profile", "Boris")
    assert run(*shared, password=boris).error == "access-denied"
    run("profile", "role", "Boris", "administrator", "--profile", "Anna")
    assert run(*shared, password=boris).code == 0
    assert run("profile", "delete", "Boris", "--profile", "Anna").code == 0
    names = [each["name"] for each in run("collection", "list").json["collections"]]
    assert "Drafts" in names


def test_a_password_is_set_by_the_recovery_key(run: Run, tmp_path: Path) -> None:
    key = secret(tmp_path, run("profile", "recovery-key").json["recovery_key"])
    new = secret(tmp_path, NEW)
    with_key = ("profile", "passwd", "--recovery-key-file")
    said = run(*with_key, key, "--new-password-file", new, password=None)
    assert said.json == {"profile": "Anna"}
    assert run("models", "list").error == "wrong-password"
    assert run("models", "list", password=new).code == 0
    wrong = secret(tmp_path, "AAAA-BBBB")
    refused = run(*with_key, wrong, "--new-password-file", new, password=None)
    assert refused.error == "wrong-recovery-key"


def test_the_recovery_key_goes_round_no_policy(run: Run, tmp_path: Path) -> None:
    key = secret(tmp_path, run("profile", "recovery-key").json["recovery_key"])
    run("policy", "set", "password-length", "30")
    recovered = ("profile", "passwd", "--recovery-key-file", key, "--new-password-file")
    assert run(*recovered, secret(tmp_path, NEW), password=None).error == "weak-password"
    assert run("models", "list").code == 0
    longer = secret(tmp_path, f"{NEW}, and longer")
    assert run(*recovered, longer, password=None).code == 0
    assert run("models", "list", password=longer).code == 0


def test_an_older_snapshot_opens_elsewhere_with_the_password_of_its_day(
    run: Run, tmp_path: Path
) -> None:
    backup, there = tmp_path / "backup", tmp_path / "there"
    old, new = secret(tmp_path, PASSWORD), secret(tmp_path, NEW)
    run("collection", "create", "Before the change")
    run("backup", "create", backup)
    (first,) = run("backup", "list", backup).json["snapshots"]
    run("profile", "passwd", "--new-password-file", new)
    run("backup", "create", backup, password=new)
    restored = ("restore", backup, "--snapshot", first["id"], "--to", there)
    assert run(*restored, password=new).json["error"]["code"] == "former-password"
    said = run(*restored, "--former-password-file", old, password=new)
    assert said.code == 0, said.err
    listed = run("--data-dir", there, "collection", "list", password=old)
    assert "Before the change" in [each["name"] for each in listed.json["collections"]]


def test_what_was_refused_stands_in_the_audit_log(run: Run, boris: Path, tmp_path: Path) -> None:
    run("collection", "create", "Contracts", "--private", "--profile", "Anna")
    run("collection", "share", "Contracts", "Boris", "--may", "read", "--profile", "Anna")
    (tmp_path / "a.txt").write_text("A contract.")
    as_boris = ("--profile", "Boris")
    added = run("--collection", "Contracts", "add", tmp_path / "a.txt", *as_boris, password=boris)
    assert added.error == "read-only-collection"
    decided = run("policy", "set", "export", "off", *as_boris, password=boris)
    assert decided.error == "access-denied"
    rows = run("audit", "list", "--containing", "refused", "--profile", "Anna").json["entries"]
    assert [(row["profile"], row["subject"]) for row in rows] == [
        ("Boris", "add-documents: Contracts"),
        ("Boris", "change-policies"),
    ]


def test_sharing_says_what_it_did_and_the_list_who_reads(run: Run, boris: Path) -> None:
    run("collection", "create", "Contracts", "--private", "--profile", "Anna")
    as_anna = ("--profile", "Anna")
    said = run("collection", "share", "Contracts", "Boris", *as_anna, as_json=False).out
    assert "Boris may read “Contracts” now." in said
    assert "Contracts  (private: Anna, Boris)" in said
    assert "Library  (for everybody)" in said


def test_a_typing_slip_in_the_data_folder_founds_nothing(run: Run, tmp_path: Path) -> None:
    slip = tmp_path / "daat"
    for words in (("documents", "list"), ("--profile", "Anna", "search", "x"), ("audit", "list")):
        assert run("--data-dir", slip, *words).code == 1
        assert not slip.exists()


def test_a_file_of_another_sender_than_expected_is_not_taken_in(run: Run, tmp_path: Path) -> None:
    file, phrase = tmp_path / "library.larets", secret(tmp_path, "seven green lamps over water")
    passphrase = ("--passphrase-file", phrase)
    sent = run("collection", "export", "Library", file, *passphrase).json
    fingerprint = sent["sender"]["fingerprint"]
    other = fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1")
    taken = ("collection", "import", file, "--name", "Sent", *passphrase, "--expect")
    refused = run(*taken, other)
    assert refused.code == 1
    assert refused.json["error"]["code"] == "other-sender"
    assert "Sent" not in run("collection", "list").out
    assert run(*taken, fingerprint.replace(" ", "").upper()).code == 0


def test_a_quotation_stands_apart_from_the_answer(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second reader, which finds quotations, is played here."""
    text = "The oil filter is changed every 500 hours."
    (tmp_path / "a.txt").write_text(text)
    run("add", tmp_path / "a.txt")
    answer = ChatService.answer

    def quoting(chat: ChatService, talk: str, asked: str, control: Control, *rest: Any) -> Message:
        quotation = Quotation(text, 1, 0, len(text))
        control.report(QuotationFound(quotation, ()))
        return replace(answer(chat, talk, asked, control, *rest), quotation=quotation)

    monkeypatch.setattr(ChatService, "answer", quoting)
    told = run("ask", "How often is the oil filter changed?", as_json=False)
    apart = f"From the documents: “{text}” [1]\n\n"
    assert told.out.startswith(apart)
    assert told.err.startswith(apart)
    assert told.out.removeprefix(apart).startswith("The oil filter is changed every 500 hours [1]")


def test_the_health_check_repairs_what_it_may(run: Run, boris: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.chmod(0o755 | 0o022)
    said = run("doctor", "--profile", "Anna")
    (found,) = [row for row in said.json["checks"] if row["name"] == "permissions"]
    assert found["repair"] == "larets doctor --repair permissions"
    mended = run(
        "doctor", "--repair", "permissions", "--repair", "search-index", "--profile", "Anna"
    )
    assert {row["name"]: row["passed"] for row in mended.json["checks"]}["permissions"] is True
    acts = [row["subject"] for row in run("audit", "list", "--profile", "Anna").json["entries"]]
    assert "search-index" in acts
    assert run("doctor", "--repair", "search-index", password=None).error == "profile-missing"
    run("profile", "role", "Boris", "reader", "--profile", "Anna")
    refused = run("doctor", "--repair", "disk-space", "--profile", "Boris", password=boris)
    assert refused.error == "access-denied"
