from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.domain.chat.conversation import AnswerState, SourcesFound
from app.domain.settings import PromptBudget
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.interface.results import locator
from app.services.chat import sheet_prompt
from app.store.library.sheet_query import SheetQuery
from tests.samples import cells, make_xlsx
from tests.services.conftest import House
from tests.services.controls import Recording

SALES: list[list[object]] = [
    ["Region", "Manager", "Revenue"],
    ["North", "Anna Petrova", 120],
    ["South", "Boris Orlov", 340],
    ["North", "Vera Lee", 80],
]
QUESTION = "How much revenue does the North region have?"
TOTAL = "What is the total revenue of the North region?"
SUM = "SELECT sum(revenue) FROM sheet WHERE region = 'north'"
ANSWER = "The North region has a revenue of 200 [2]."


class Speaker:
    """Proposes the queries in turn, and answers everything else."""

    def __init__(self, *queries: str, answer: str = ANSWER) -> None:
        self.queries = list(queries)
        self.answer = answer
        self.asked: list[str] = []
        self.read: list[str] = []

    def __call__(self, turns: Sequence[Turn]) -> str:
        if "CREATE TABLE sheet" in turns[0].text:
            self.asked.append(turns[-1].text)
            return self.queries.pop(0)
        self.read.append(turns[-1].text)
        return self.answer


@pytest.fixture
def sales(open_house: Callable[..., House]) -> Callable[[Speaker], House]:
    def filled(speaker: Speaker) -> House:
        house = open_house(chat=FakeChat(speaker))
        book = {"Sales": cells("B2", SALES)}
        house.services.library.add([house.file("report.xlsx", make_xlsx(book))])
        return house

    return filled


def test_a_sum_is_computed_and_is_a_source(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker(f"```sql\n{SUM};\n```")
    house, control = sales(speaker), Recording()
    answer = house.ask(QUESTION, control=control)
    assert answer.computed is not None
    assert answer.computed.query == SUM
    assert (answer.computed.columns, answer.computed.rows) == (("sum(revenue)",), ((200,),))
    assert answer.computed.cells == ("B3", "B5", "D3", "D5")
    assert (answer.computed.sheet, answer.computed.name) == ("Sales", "report.xlsx")
    passage, computed = answer.sources
    assert computed.number == answer.computed.number == 2
    assert not computed.segment.is_passage
    assert passage.segment.is_passage
    assert "200" in computed.segment.text
    assert computed.segment.text in speaker.read[0]
    assert locator(computed.segment) == "report.xlsx › Sales › B3, B5, D3, D5"
    assert [(each.number, each.supported) for each in answer.citations] == [(2, True)]
    reports = [each for each in control.seen if isinstance(each, SourcesFound)]
    assert [len(each.sources) for each in reports] == [1, 2]
    (conversation,) = house.services.conversations.all()
    assert house.services.conversations.messages(conversation.id)[1] == answer


def test_the_proposed_words_are_nobody_elses(sales: Callable[[Speaker], House]) -> None:
    control = Recording()
    sales(Speaker(SUM)).ask(QUESTION, control=control)
    told = "".join(getattr(each, "text", "") for each in control.seen)
    assert told == ANSWER


def test_what_the_model_reads_of_a_table(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker(SUM)
    sales(speaker).ask(QUESTION)
    assert "region TEXT -- 'North', 'South'" in speaker.asked[0]
    assert "revenue NUMERIC -- 80 … 340" in speaker.asked[0]
    assert "3 | North | Anna Petrova | 120" in speaker.asked[0]
    assert "region = 'North'" in speaker.asked[0]
    assert "{" not in speaker.asked[0]


def test_a_refused_query_is_mended_once(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker("SELECT sum(turnover) FROM sheet", SUM)
    answer = sales(speaker).ask(QUESTION)
    assert answer.computed is not None
    assert answer.computed.rows == ((200,),)
    assert "no such column: turnover" in speaker.asked[1]
    speaker = Speaker("DROP TABLE sheet", "DELETE FROM sheet", SUM)
    answer = sales(speaker).ask(QUESTION)
    assert answer.computed is None
    assert speaker.queries == [SUM]


@pytest.mark.parametrize(
    "query",
    ["SELECT sum(revenue) FROM sheet WHERE region = 'West'", "SELECT count(*) FROM sheet WHERE 0"],
)
def test_a_query_that_finds_nothing_leaves_the_passages(
    sales: Callable[[Speaker], House], query: str
) -> None:
    speaker = Speaker(query, query, answer="The North region has 120 and 80 [1].")
    answer = sales(speaker).ask(QUESTION)
    assert (answer.computed, answer.state) == (None, AnswerState.DONE)
    assert [each.number for each in answer.sources] == [1]


def test_a_query_that_no_row_fits_is_mended_once(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker("SELECT sum(revenue) FROM sheet WHERE region = 'Nord'", SUM)
    answer = sales(speaker).ask(QUESTION)
    assert answer.computed is not None
    assert answer.computed.rows == ((200,),)
    assert "no row fits" in speaker.asked[1]


def test_long_values_are_cut(open_house: Callable[..., House]) -> None:
    speaker = Speaker("SELECT note FROM sheet", answer="Much [2].")
    house = open_house(chat=FakeChat(speaker))
    rows = "\n".join(f"name {number};{'word ' * 400}{number}" for number in range(30))
    house.services.library.add([house.file("notes.csv", f"Name;Note\n{rows}\n")])
    answer = house.ask("What note has name 7?")
    assert answer.computed is not None
    assert len(answer.computed.rows) == 20
    assert all(len(str(row[0])) < 310 for row in answer.computed.rows)
    assert len(answer.sources[-1].segment.text) < 2300


def test_other_documents_are_not_computed_with(open_house: Callable[..., House]) -> None:
    speaker = Speaker(answer="Every 500 hours [1].")
    house = open_house(chat=FakeChat(speaker))
    house.services.library.add([house.file("pump.txt", "Change the filter every 500 hours.")])
    assert house.ask("How many hours until the filter is changed?").computed is None
    assert speaker.asked == []


def test_a_stop_while_the_query_is_written(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker(SUM)
    house = sales(speaker)
    control = Recording()

    def stop(turns: Sequence[Turn]) -> str:
        control.cancelled = True
        return SUM

    house.chat._reply = stop
    answer = house.ask(QUESTION, control=control)
    assert (answer.state, answer.text, answer.computed) == (AnswerState.STOPPED, "", None)
    assert speaker.read == []


def test_follow_ups_read_the_result_where_it_stood(sales: Callable[[Speaker], House]) -> None:
    speaker = Speaker(SUM, "SELECT max(revenue) FROM sheet")
    house = sales(speaker)
    conversation = house.services.conversations.begin(QUESTION)
    first = house.ask(QUESTION, conversation)
    second = house.ask("What is the largest revenue of a manager?", conversation)
    assert first.computed is not None
    assert second.computed is not None
    assert second.computed.number == first.computed.number + 1
    last = house.chat.asked[-1]
    assert speaker.read[0] in [turn.text for turn in last]


def test_a_table_is_read_anew_after_a_change(sales: Callable[[Speaker], House]) -> None:
    house = sales(Speaker(SUM, SUM))
    assert house.ask(QUESTION).computed is not None
    (document,) = house.services.library.documents()
    house.services.library.remove([document.id])
    book = {"Sales": cells("A1", [*SALES, ["North", "Gleb Ray", 1000]])}
    house.services.library.add([house.file("other.xlsx", make_xlsx(book))])
    again = house.ask(QUESTION)
    assert again.computed is not None
    assert again.computed.rows == ((1200,),)


def test_the_right_one_of_several_sheets_answers(open_house: Callable[..., House]) -> None:
    speaker = Speaker("SELECT max(height) FROM sheet")
    house = open_house(chat=FakeChat(speaker))
    book = {
        "Sales": cells("A1", SALES),
        "Towers": cells("A1", [["Tower", "Height"], ["Tall tower", 300], ["Small tower", 20]]),
    }
    house.services.library.add([house.file("book.xlsx", make_xlsx(book))])
    answer = house.ask("What height has the tallest tower of all the towers?")
    assert answer.computed is not None
    assert (answer.computed.sheet, answer.computed.rows) == ("Towers", ((300,),))


def test_a_wide_table_stays_within_the_context(open_house: Callable[..., House]) -> None:
    speaker = Speaker(answer="Nothing [1].")
    house = open_house(chat=FakeChat(speaker))
    names = ";".join(f"column number {number} of many" for number in range(900))
    values = ";".join(f"value {number}" for number in range(900))
    house.services.library.add([house.file("wide.csv", f"{names}\n{values}\n{values}1\n")])
    assert house.ask("Which value has column number 7?").computed is None
    budget = PromptBudget().most + 600
    assert all(sum(house.chat.count(t.text) for t in turns) < budget for turns in house.chat.asked)


def test_templates_keep_braces_of_what_is_put_in() -> None:
    assert sheet_prompt.filled("a {x} b {y}", x="{y}", y="{x}") == "a {y} b {x}"


@pytest.mark.model
def test_a_real_model_proposes_a_query(tmp_path: Path) -> None:
    """The starter model, where the kit has it; see conftest for the rest."""
    from app import paths
    from app.documents.reading.reader import DocumentSource, tables
    from app.domain.progress import NoControl
    from app.engines.base import Opening
    from app.engines.inspection.header import inspect
    from app.engines.turns import TurnKind
    from app.services.assistants.prompts import Prompts
    from app.services.chat.sheet_questions import SAMPLING
    from app.wiring.engines import real_engines
    from tests.conftest import KIT

    found = sorted((KIT / "qwen2.5-coder-1.5b-instruct-q4_k_m").glob("*.gguf"))
    if not found:
        pytest.skip("no starter model in the kit")
    (table,) = tables(DocumentSource("a.xlsx", data=make_xlsx({"Sales": cells("A1", SALES)})))
    sheet = SheetQuery(table)
    facts = inspect(str(found[0]))
    engines = real_engines()
    opened = engines.open_chat(Opening(str(found[0]), facts.shape, False), NoControl())
    asked = sheet_prompt.request(TOTAL, sheet, Prompts(paths.find().resources))
    try:
        said = opened.model.stream([Turn(TurnKind.USER, asked)], SAMPLING, NoControl()).text
    finally:
        opened.model.close()
    assert "SELECT" in said
    assert sheet.run(said.replace("```sql", "").replace("```", "")).rows == ((200,),)
    sheet.close()
