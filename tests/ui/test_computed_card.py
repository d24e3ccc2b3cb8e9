"""A question about a table in the window: the result's card, and how it was computed."""

from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import AnswerState, Computed
from app.engines.turns import Turn
from app.ui.chat.transcript.cards.computed_card import ComputedCard
from app.ui.chat.words import AnswerWords
from tests.samples import cells, make_xlsx
from tests.ui.conftest import Desk
from tests.ui.test_chat import _ask, _click, _last, _page, _spot_of

QUESTION = "How much revenue does the North region have?"
QUERY = "SELECT sum(revenue) FROM sheet WHERE region = 'North'"


def _reply(turns: Sequence[Turn]) -> str:
    proposes = "CREATE TABLE sheet" in turns[0].text
    return QUERY if proposes else "The North region has a revenue of 200 [2]."


def _add(desk: Desk, qtbot: QtBot, folder: Path) -> None:
    path = folder / "report.xlsx"
    rows: list[list[object]] = [
        ["Region", "Revenue"],
        ["North", 120],
        ["South", 340],
        ["North", 80],
    ]
    path.write_bytes(make_xlsx({"Sales": cells("B2", rows)}))
    window = desk.window
    assert window.library is not None
    assert window.services is not None
    services = window.services
    window.library.add([path])
    qtbot.waitUntil(lambda: services.library.counts()[1] > 0, timeout=20_000)
    adding = window.library.adding
    qtbot.waitUntil(lambda: not adding.busy, timeout=10_000)


def test_a_result_has_a_card_that_unfolds(unlocked: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    unlocked.chat._reply = _reply
    _add(unlocked, qtbot, tmp_path)
    entry = _ask(unlocked, qtbot, QUESTION)
    assert entry.message.state == AnswerState.DONE
    assert entry.message.computed is not None
    assert len(_page(unlocked).context.found.sources) == 1
    folded = entry.height
    _click(unlocked, qtbot, entry, _spot_of(entry, "fold"))
    assert entry.unfolded
    assert entry.height > folded + 20
    assert entry._computed is not None
    texts = [each.text for each in entry._computed._paragraphs]
    assert texts[1] == "200"
    assert QUERY in texts
    assert texts[-1] == "report.xlsx · Sales · cells B3:C3, B5:C5"
    _page(unlocked).transcript.redraw()
    entry = _last(_page(unlocked).transcript)
    assert entry.unfolded
    _click(unlocked, qtbot, entry, _spot_of(entry, "fold"))
    assert entry.height == folded


def test_a_citation_of_a_result_opens_its_table(
    unlocked: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    unlocked.chat._reply = _reply
    _add(unlocked, qtbot, tmp_path)
    entry = _ask(unlocked, qtbot, QUESTION)
    page = _page(unlocked)
    _click(unlocked, qtbot, entry, _spot_of(entry, "cite"))
    qtbot.waitUntil(lambda: page.viewer.grid.place == "B3:C3, B5:C5", timeout=10_000)
    model = page.viewer.grid.model
    assert model is not None
    assert [model.grid.text(3, column) for column in (2, 3)] == ["North", "120"]


def test_a_long_result_is_cut_and_numbers_follow_the_language(desk: Desk) -> None:
    rows = tuple((f"name {number}", number + 0.5) for number in range(20))
    computed = Computed(2, "SELECT 1", ("name", "sum"), rows, "", "id", "a.csv", ("A1:B3",))
    card = ComputedCard(desk.window.theme, computed, AnswerWords(desk.window.language))
    lines = card.result().split("\n")
    assert lines[:2] == ["name | sum", "name 0 | 0.5"]
    assert (len(lines), lines[-1]) == (9, "…")
    assert card.lay_out(0, 600, unfolded=False) < card.lay_out(0, 600, unfolded=True)
