import json
import random
from pathlib import Path

import pytest

from app.bench.coverage import covered, is_gold
from app.bench.questions import BenchQuestion, QuestionSet
from tests.bench import measure, sets, table
from tests.bench.contest import Segment, filled, read, write
from tests.bench.measure import difference, of_question, of_sent
from tests.bench.peers import gpt4all, larets

GOLD = "one two three four five six seven eight nine ten"
QUESTION = BenchQuestion("Which?", "Four", "a.txt", GOLD, (3,))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one two three five six seven", True),  # 60 % of the words
        ("one two three five six", False),  # 50 % without the answer
        ("one two FOUR", True),  # 30 % with it
        ("one four", False),  # 20 % with it
        ("six six six five one two three", False),  # words count once
    ],
)
def test_a_segment_covers_by_words_or_by_some_words_and_the_answer(text: str, found: bool) -> None:
    assert covered([text], GOLD, "four", 1000) is found


def test_words_of_two_segments_do_not_add_up() -> None:
    assert not covered(["one two three five", "six seven eight"], GOLD, "four", 1000)


def test_only_what_fits_the_context_counts() -> None:
    assert covered(["x" * 100, GOLD], GOLD, "", 100 + len(GOLD))
    assert covered(["x" * 100, GOLD], GOLD, "", 100 + 29)  # cut after the sixth word
    assert not covered(["x" * 100, GOLD], GOLD, "", 100 + 20)
    assert not covered(["x" * 100, GOLD], GOLD, "", 100)


def test_letters_that_readers_take_for_one_are_one() -> None:
    assert covered(["Ёж  И ЁЛКА"], "еж и елка", "", 100)


def test_an_empty_answer_proves_nothing() -> None:
    assert not covered(["one two three four"], GOLD, "", 1000)


def test_a_part_of_the_gold_paragraph_is_gold_too() -> None:
    assert is_gold("one two", GOLD)
    assert is_gold(GOLD + " eleven", GOLD)
    assert not is_gold("one eleven twelve", GOLD)


def test_a_question_is_measured_by_document_passage_and_page() -> None:
    found = [
        Segment(GOLD, "b.txt", 3),
        Segment("x", "a.txt", 2),
        Segment(f"before {GOLD} after", "a.txt", 3, passages=("x",)),
        Segment(GOLD, "a.txt", 4),
    ]
    values = of_question(QUESTION, found)
    assert (values["document@1"], values["document@5"]) == (0, 1)
    assert (values["passage@1"], values["passage@5"]) == (0, 1)
    assert values["page@5"] == 1
    assert of_question(QUESTION, found[:3])["passage@5"] == 0  # by what it is made of
    assert "page@5" not in of_question(BenchQuestion("?", "", "a.txt", GOLD), found)
    assert values["found@250"] == 1  # by its text alone, as the contract says
    assert set(of_question(QUESTION, []).values()) == {0.0}


def test_what_is_sent_is_measured_whole() -> None:
    few = [Segment("x" * 4000, "a.txt"), Segment(GOLD, "a.txt")]
    assert of_sent(QUESTION, few) == {"sent": 1.0, "sent_tokens": (4000 + len(GOLD)) / 4}
    assert of_sent(QUESTION, []) == {"sent": 0.0, "sent_tokens": 0.0}


def test_no_difference_where_all_answers_agree() -> None:
    same = difference([1, 0, 1], [1, 0, 1])
    assert (same.mean, same.low, same.high, same.certain) == (0, 0, 0, False)


def test_the_interval_is_the_one_of_theory() -> None:
    """400 pairs, a tenth better and a twentieth worse: the normal interval is close."""
    ours = [0.0] * 40 + [1.0] * 20 + [1.0] * 340
    theirs = [1.0] * 40 + [0.0] * 20 + [1.0] * 340
    found = difference(ours, theirs)
    error = ((60 / 400 - 0.05**2) / 400) ** 0.5
    assert found.mean == pytest.approx(0.05)
    assert found.low == pytest.approx(0.05 - 1.96 * error, abs=0.004)
    assert found.high == pytest.approx(0.05 + 1.96 * error, abs=0.004)
    assert found.certain
    assert difference(theirs, ours).mean == pytest.approx(-0.05)
    assert difference(ours, theirs) == found, "the same numbers every time"


def test_pairing_narrows_the_interval() -> None:
    chance = random.Random(3)
    ours = [float(chance.random() < 0.5) for _ in range(200)]
    worse = [value if place % 20 else 0.0 for place, value in enumerate(ours)]
    apart = sorted(worse)
    paired, unpaired = difference(ours, worse), difference(ours, apart)
    assert paired.high - paired.low < (unpaired.high - unpaired.low) / 2


def test_a_context_is_filled_and_ten_are_kept() -> None:
    segments = [Segment("x" * 100, "a.txt") for _ in range(40)]
    assert len(filled(segments, 1500)) == 15
    assert len(filled(segments, 200)) == 10
    assert len(filled(segments[:3], 5000)) == 3


def test_segments_come_back_from_their_file(tmp_path: Path) -> None:
    found = [[Segment("ё\nb", "a.txt", 3, 0.5)], []]
    write(tmp_path / "x.jsonl", found)
    assert read(tmp_path / "x.jsonl") == found


def test_what_larets_sends_is_cut_at_its_budget() -> None:
    sent = larets.sent([Segment("x" * 3000, "a"), Segment("y" * 3000, "a"), Segment("z", "a")])
    assert [len(each.text) for each in sent] == [3000, 1000]


def test_a_sample_is_drawn_the_same_way_and_keeps_its_documents() -> None:
    files = tuple(Path(f"{place:02}.txt") for place in range(20))
    questions = tuple(BenchQuestion(f"{n}", "", f"{n % 15:02}.txt", "") for n in range(45))
    whole = QuestionSet(questions, files)

    def draw(seed: int) -> QuestionSet:
        return sets.drawn(whole, 5, 4, random.Random(seed))

    assert draw(1) == draw(1) != draw(2)
    assert (len(draw(1).files), len(draw(1).questions)) == (5, 4)
    names = {each.name for each in draw(1).files}
    assert all(each.document in names for each in draw(1).questions)
    assert sets.drawn(whole, None, None, random.Random(1)) == whole
    few = QuestionSet(questions[:17], files)
    assert sets.drawn(few, 2, None, None).files == files[:2], "0 and 1 have two questions each"


def test_questions_of_a_parallel_file_keep_the_others_paragraphs(tmp_path: Path) -> None:
    def squad(name: str, question: str, context: str) -> Path:
        row = {"question": question, "answers": [{"text": "b"}]}
        article = {"title": "T", "paragraphs": [{"context": context, "qas": [row]}]}
        file = tmp_path / name
        file.write_text(json.dumps({"data": [article]}))
        return file

    english, russian = squad("en", "What?", "a b c"), squad("ru", "Что?", "а б в")
    found = sets.lay_out(english, russian, tmp_path / "out", None, None, random.Random(1))
    assert [(each.question, each.context) for each in found.questions] == [("Что?", "a b c")]
    assert [each.read_text() for each in (tmp_path / "out" / "documents").iterdir()] == ["a b c"]


def test_ranks_of_both_legs_are_fused() -> None:
    assert gpt4all.fuse([4, 5, 6], [], 0.5) == [4, 5, 6]
    assert gpt4all.fuse([4, 5, 6], [6], 0.9) == [6, 4, 5]
    assert gpt4all.fuse([4, 5, 6], [6, 4], 0.25) == [4, 5, 6]
    assert gpt4all.fuse([4, 5, 6], [6, 4], 0.75) == [6, 4, 5]


def test_words_fill_chunks_over_page_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("word \n" * 300 + "x" * 1100)
    chunks = [each.text for each in gpt4all.split(file)]
    assert [len(each) for each in chunks] == [509, 509, 479, 512, 512, 76]


def test_the_table_marks_what_is_certain() -> None:
    ours = {"found@250": {"mean": 0.5}, "sent_tokens": {"mean": 10.0}}
    theirs = {
        "found@250": {"mean": 0.25, "low": -0.4, "high": -0.1},
        "sent_tokens": {"mean": 20.0, "low": 9.0, "high": 11.0},
    }
    text = table.table(
        {
            "set": "s",
            "questions": 4,
            "documents": 2,
            "resamples": measure.RESAMPLES,
            "measured": {"larets": ours, "other": theirs},
        }
    )
    assert text.splitlines()[-2:] == [
        "| larets | 0.500 | 10 |",
        "| other | 0.250 [-0.40 -0.10]* | 20 |",
    ]
