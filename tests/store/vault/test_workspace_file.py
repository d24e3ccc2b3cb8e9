from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DamagedData, NewerSchema, ProfileMissing
from app.store.keys import KdfParameters, KeySlot
from app.store.vault import workspace_file
from app.store.vault.workspace_file import ProfileRecord, WorkspaceFile


def record(name: str = "Anna") -> ProfileRecord:
    return ProfileRecord(
        f"id of {name}", name, KeySlot("c2FsdA==", KdfParameters(), "d3JhcHBlZA=="), "r", "w", "p"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    workspace_file.write(tmp_path, WorkspaceFile(profiles=(record(), record("Борис"))))
    return tmp_path


def test_what_was_written_is_read(data: Path) -> None:
    assert list(workspace_file.read(data).profiles) == [record(), record("Борис")]
    assert workspace_file.read(data / "nowhere") == WorkspaceFile()


def test_names_are_found_in_upper_and_lower_case(data: Path) -> None:
    workspace = workspace_file.read(data)
    assert workspace.named("бОРИС").name == "Борис"
    with pytest.raises(ProfileMissing):
        workspace.named("Вера")


def test_records_are_replaced_by_id(data: Path) -> None:
    workspace = workspace_file.read(data)
    changed = replace(record(), failures=3)
    assert workspace.with_profile(changed).profiles == (changed, record("Борис"))
    assert workspace.without("id of Anna").profiles == (record("Борис"),)


def read_or_refused(folder: Path) -> WorkspaceFile | None:
    try:
        return workspace_file.read(folder)
    except (DamagedData, NewerSchema):
        return None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_changed_value_is_accepted(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("workspace")
    workspace_file.write(folder, WorkspaceFile(profiles=(record(),)))
    path = folder / "workspace.json"
    raw = bytearray(path.read_bytes())
    places = [place for place, byte in enumerate(raw) if chr(byte).isalnum()]
    place = data.draw(st.sampled_from(places))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    path.write_bytes(raw)
    (folder / "workspace.copy.json").unlink()
    read = read_or_refused(folder)
    assert read is None or read.profiles == (record(),), "a changed value was accepted"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"3", b'{"version": "x"}', b"\xff"])
def test_what_is_no_workspace(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "workspace.json").write_bytes(content)
    with pytest.raises(DamagedData):
        workspace_file.read(tmp_path)


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    path.write_text('{"version": 3, "something": "new"}')
    with pytest.raises(NewerSchema) as caught:
        workspace_file.read(tmp_path)
    assert caught.value.facts == {"path": str(path), "found": "3"}


def test_a_damaged_header_gives_way_to_its_copy(data: Path) -> None:
    for content in (b"", b"\xff" * 50, None):
        path = data / "workspace.json"
        path.unlink() if content is None else path.write_bytes(content)
        read = workspace_file.read(data)
        assert read.from_copy
        assert read.profiles == (record(), record("Борис"))
    workspace_file.write(data, workspace_file.read(data))
    assert not workspace_file.read(data).from_copy


def test_changes_from_many_threads_lose_nothing(data: Path) -> None:
    """Each reads what the one before it wrote."""

    def fail_once(_: int) -> None:
        with workspace_file.changing(data) as header:
            present = header.now.named("Anna")
            header.put(header.now.with_profile(replace(present, failures=present.failures + 1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail_once, range(40)))
    assert workspace_file.read(data).named("Anna").failures == 40
