"""Adding, failing, cancelling and removing in the library view."""

from pathlib import Path
from zipfile import ZipFile

import pymupdf
import pytest
from PIL.Image import effect_noise
from pytestqt.qtbot import QtBot

from app.domain.library.documents import DocumentState
from app.ui.library.page import LibraryPage
from app.ui.library.table.documents_model import STATE, DocumentsModel, Group
from tests.ui.conftest import PASSWORD, Desk


def _page(desk: Desk) -> LibraryPage:
    assert desk.window.library is not None
    return desk.window.library


def _rows(model: DocumentsModel) -> list[tuple[str, str]]:
    return [
        (model.index(row, 0).data(), model.index(row, STATE).data())
        for row in range(model.rowCount())
    ]


def test_a_damaged_file_is_a_row_with_its_reason_and_the_others_go_on(
    unlocked: Desk, leave_pdf: Path, qtbot: QtBot
) -> None:
    page = _page(unlocked)
    folder = unlocked.folder / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("The warehouse closes at six.")
    (folder / "fake.pdf").write_bytes(b"this is no PDF")
    (folder / "empty.txt").write_bytes(b"")
    leave_pdf.rename(folder / "leave.pdf")
    page.add([folder])
    qtbot.waitUntil(lambda: "could not be read" in page.problem, timeout=30_000)
    qtbot.waitUntil(lambda: page.documents.rowCount() == 4, timeout=10_000)
    expected = {
        "good.txt": "ready",
        "leave.pdf": "ready",
        "fake.pdf": "damaged",
        "empty.txt": "empty",
    }
    qtbot.waitUntil(lambda: dict(_rows(page.documents)) == expected, timeout=10_000)
    failed = next(
        each
        for row in range(4)
        if (each := page.documents.document(page.documents.index(row, 0)))
        and each.name == "fake.pdf"
    )
    assert "damaged" in page.documents.reason(failed)
    assert "fake.pdf" in page.documents.reason(failed)
    page.select("fake.pdf")
    assert "damaged" in page.reason_shown


def test_what_was_not_read_is_marked_told_and_found(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    with ZipFile(unlocked.folder / "Parts.zip", "w") as package:
        package.writestr("rent.txt", "The rent is 212 000 roubles a month.")
        package.writestr("plan.dwg", "AC1032")
    (unlocked.folder / "whole.txt").write_text("The warehouse closes at six.")
    page.add([unlocked.folder / "Parts.zip", unlocked.folder / "whole.txt"])
    expected = {"Parts.zip": "read in part", "rent.txt": "ready", "whole.txt": "ready"}
    qtbot.waitUntil(lambda: dict(_rows(page.documents)) == expected, timeout=30_000)
    chip = page.pane.groups[Group.PARTLY]
    qtbot.waitUntil(lambda: chip.text() == "Read in part 1", timeout=5000)
    assert not chip.isHidden()
    chip.click()
    assert [name for name, _ in _rows(page.documents)] == ["Parts.zip"]
    page.select("Parts.zip")
    assert page.reason_shown == (
        "plan.dwg: a format that Larets does not read. Save it as PDF or as text and add that file."
    )


def test_what_a_folder_has_of_unknown_formats_is_told(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    folder = unlocked.folder / "drawings"
    folder.mkdir()
    names = ("a.dwg", "b.dwg", "c.mp4", "noname", "~$d.docx", ".hidden", "Thumbs.db")
    for name in names:
        (folder / name).write_bytes(b"?")
    (folder / "whole.txt").write_text("The warehouse closes at six.")
    page.add([folder])
    told = (
        "4 files of formats that are not read were left out: 2 × .dwg, 1 × .mp4, "
        "1 × without a suffix."
    )
    qtbot.waitUntil(lambda: page.problem == told, timeout=30_000)


def test_a_page_that_was_not_read_says_so_in_the_viewer(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(unlocked)
    made = pymupdf.open()
    made.new_page().insert_text((72, 72), "The warehouse closes at six in the evening on all days.")
    noise = effect_noise((150, 200), 90).tobytes()
    picture = pymupdf.Pixmap(pymupdf.csGRAY, 150, 200, noise, False)
    made.new_page().insert_image((0, 0, 595, 842), pixmap=picture)
    made.save(unlocked.folder / "scan.pdf")
    page.add([unlocked.folder / "scan.pdf"])
    qtbot.waitUntil(
        lambda: dict(_rows(page.documents)) == {"scan.pdf": "read in part"}, timeout=60_000
    )
    page.select("scan.pdf")
    viewer = page.panel.viewer
    qtbot.waitUntil(lambda: viewer.shown is viewer.pages, timeout=20_000)
    assert viewer.unread.isHidden()
    viewer.turn(1)
    qtbot.waitUntil(lambda: viewer.page == 2, timeout=20_000)
    qtbot.waitUntil(lambda: viewer.unread.text().startswith("page 2: a picture"), timeout=5000)
    assert not viewer.unread.isHidden()


def test_a_removal_can_be_taken_back_and_then_leaves_no_trace(
    with_library: Desk, qtbot: QtBot
) -> None:
    page = _page(with_library)
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 1, timeout=10_000)
    page.select_first()
    page.remove_selected()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 0, timeout=10_000)
    services = with_library.window.services
    assert services is not None
    assert services.library.documents() == []
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5000)
    page.toast.act.click()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 1, timeout=10_000)
    services.library.remove_aside(older=0)
    assert len(services.library.documents()) == 1
    page.select_first()
    page.remove_selected()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 0, timeout=10_000)
    services.library.remove_aside()
    assert services.library.counts()[0] == 1, "not as long as it can be taken back"
    services.library.remove_aside(older=0)
    assert services.library.counts() == (0, 0)
    collections = with_library.folder / "data" / "collections"
    assert not list(collections.glob("*/files/*"))


def test_what_was_set_aside_is_gone_at_the_next_start_unless_it_is_added_again(
    with_library: Desk, qtbot: QtBot, leave_pdf: Path
) -> None:
    services = with_library.window.services
    assert services is not None
    library = services.library
    library.set_aside([library.documents()[0].id])
    library.queue([leave_pdf])
    assert [each.name for each in library.documents()] == ["leave.pdf"]
    library.set_aside([library.documents()[0].id])
    qtbot.wait(300)
    with_library.window.lock()
    qtbot.wait(50)
    later = with_library.begun.open("Anna", PASSWORD, lambda call: call())
    assert later.library.documents() == []
    later.library.remove_aside(older=0)
    assert later.library.counts() == (0, 0)
    later.close()


def test_a_cancelled_import_keeps_what_was_finished_and_drops_the_rest(
    unlocked: Desk, qtbot: QtBot
) -> None:
    page = _page(unlocked)
    folder = unlocked.folder / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"Shelf {number} holds part {number * 7}.")
    services = unlocked.window.services
    assert services is not None
    page.add([folder])
    qtbot.waitUntil(lambda: services.library.counts()[1] >= 3, timeout=30_000)
    page.cancel()
    qtbot.waitUntil(lambda: services.library.unfinished() == 0, timeout=10_000)
    states = {each.state for each in services.library.documents()}
    assert states == {DocumentState.INDEXED}
    left = 60 - services.library.counts()[0]
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5000)
    assert page.toast.accessibleName() == (
        f"{left} files were taken off the list; what was read stays."
    )
    assert 3 <= services.library.counts()[0] < 60
    page.toast.act.click()
    qtbot.waitUntil(lambda: services.library.counts()[0] == 60, timeout=60_000)
    qtbot.waitUntil(lambda: services.library.unfinished() == 0, timeout=60_000)


def test_what_waits_says_that_it_is_paused(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    folder = unlocked.folder / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"Shelf {number} holds part {number * 7}.")
    page.add([folder])
    services = unlocked.window.services
    assert services is not None
    qtbot.waitUntil(lambda: services.library.counts()[1] >= 1, timeout=30_000)
    page.pane.strip.pause.click()
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=10_000)
    qtbot.waitUntil(lambda: {s for _, s in _rows(page.documents)} == {"ready", "paused"})
    unlocked.window.language.choose("ru")
    doing = page.pane.strip._doing
    qtbot.waitUntil(lambda: doing.text().startswith("Пауза"), timeout=5000)
    assert {state for _, state in _rows(page.documents)} == {"готов", "пауза"}


def test_a_failure_can_be_closed_and_speaks_the_language(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    (unlocked.folder / "fake.pdf").write_bytes(b"this is no PDF")
    page.add([unlocked.folder / "fake.pdf"])
    qtbot.waitUntil(lambda: page.problem.startswith("1 file could not be read."), timeout=30_000)
    unlocked.window.language.choose("ru")
    qtbot.waitUntil(lambda: page.problem.startswith("Не удалось"), timeout=5000)
    page.pane.problem.close_it.click()
    assert page.problem == ""
