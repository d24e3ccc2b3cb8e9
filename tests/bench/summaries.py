"""python -m tests.bench.summaries: what the starter model keeps of 30 conversations.

Questions and answers of XQuAD paragraphs (15 Russian, 15 English), each with a decision of the
user's and a question that the documents do not answer. Reported: the share of points whose stems
their cited turn holds (a fact: its passage), of decisions that are kept, of right languages. The
points stand in the rows, to be read.

    python -m tests.bench.summaries [--out FILE] [--limit N]
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app import wiring
from app.bench.workspace import scratch_profile
from app.documents.export import transcript_json
from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Message, Segment, Source, Speaker
from app.domain.chat.exported import Whole
from app.domain.evidence.support import figures_of
from app.domain.library.documents import Locator
from app.domain.memory.summaries import PointKind, Summary
from app.domain.progress import NoControl
from app.domain.text import language
from app.domain.text.sentences import sentences
from app.services.session import Services
from app.stems import stems
from tests.bench.injection import STARTER

#: What users decide in the middle of a conversation, and a question that stays open at its end.
DECISIONS = {
    "ru": (
        ("Тогда решаем так: экскурсию для отдела проводим 14 мая.", "Кто повезёт группу обратно?"),
        ("Договорились, доклад готовит Марина, срок до пятницы.", "Сколько стоит аренда зала?"),
        ("Запомни, пожалуйста: эту тему берём в план обучения на осень.", "Кто утверждает план?"),
        ("Хорошо, филиал открываем в этом регионе, бюджет 4 млн рублей.", "Нужна ли лицензия?"),
        ("Решено: ответ направляем письмом до 20 числа.", "Есть ли образец такого письма?"),
        ("Берём прибор на пробу на две недели, отвечает Карпов.", "Какая у прибора гарантия?"),
        ("Мы выбрали второй вариант поставки, с отсрочкой 30 дней.", "Кто подпишет договор?"),
        ("Оставляем старую редакцию инструкции, новую не вводим.", "Когда пересмотр инструкции?"),
        ("Отчёт переносим на следующий квартал.", "Кому сообщить о переносе?"),
        ("Подключаем только головной офис, филиалы позже.", "Сколько портов нужно филиалу?"),
        ("Пробы отправим в лабораторию в Томске.", "Сколько дней идёт анализ?"),
        ("Купим 25 билетов на выставку для новых сотрудников.", "Действует ли там скидка?"),
        ("Эту главу из презентации убираем.", "Кто готовит новые слайды?"),
        ("Прививку делаем всем желающим, список ведёт Ольга Серова.", "Где взять бланк согласия?"),
        ("Подрядчиком будет «Стройтраст», тендер не проводим.", "Когда подрядчик начнёт работы?"),
    ),
    "en": (
        ("Then it is settled: we use the second supplier for the pilot.", "Who signs the order?"),
        ("We will move the meeting to 14 May.", "Which room is free that day?"),
        ("Please remember that Anna Reed owns this topic from now on.", "Is she back on Monday?"),
        ("Let's order 25 tickets for the new employees.", "Is there a group discount?"),
        (
            "We decided to keep the old manual and not to publish the new one.",
            "Is it due?",
        ),
        ("OK, the report goes out by Friday, Tom writes it.", "Who reads the report first?"),
        ("I choose the option with payment within 30 days.", "What is the penalty for delay?"),
        ("We connect head office only; branches follow next year.", "How many ports does it need?"),
        ("The samples go to the laboratory in Leeds.", "How long does the analysis take?"),
        ("Drop this chapter from the presentation.", "Who prepares the new slides?"),
        ("The budget for this is 40,000 euros, not more.", "Which account is charged?"),
        ("We postpone the inspection until next quarter.", "Who tells the plant about it?"),
        ("Everyone who wants may join the course; Mark keeps the list.", "Where is the form?"),
        ("The contractor will be Northline, without a tender.", "When does the contractor start?"),
        ("We go with the three-year licence.", "Does the licence cover contractors?"),
    ),
}
#: The part of XQuAD's articles that each language takes, so that they do not repeat each other.
_FIRST = {"ru": 0, "en": 9}
_ASKED = 4
_BEGAN = 1_780_000_000.0
_REPLIES = {"ru": "Понял.", "en": "Understood."}
#: Share of a point's stems that what it cites must hold; and of a decision's, to be kept.
_SUPPORTED, _KEPT = 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation to be summarised, and what must be in its summary."""

    language: str
    title: str
    turns: tuple[Message, ...]
    decision: str
    open: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one conversation."""

    title: str
    language: str
    points: int
    supported: int
    decided: bool
    anywhere: bool
    right_language: bool
    open_kept: bool
    seconds: float
    text: tuple[str, ...]


def talks(data: Path) -> Iterator[Talk]:
    for spoken in ("ru", "en"):
        articles = json.loads((data / f"xquad/dev.{spoken}.json").read_text("utf-8"))["data"]
        chosen = articles[_FIRST[spoken] : _FIRST[spoken] + 15]
        for place, (article, gold) in enumerate(zip(chosen, DECISIONS[spoken], strict=True)):
            paragraph = max(article["paragraphs"], key=lambda each: len(each["qas"]))
            decided, left = gold
            turns = list(_turns(paragraph, article["title"], spoken, decided, left, place))
            yield Talk(spoken, turns[0].text, tuple(turns), decided, left)


def _turns(
    paragraph: dict[str, Any], title: str, spoken: str, decided: str, left: str, place: int
) -> Iterator[Message]:
    text = paragraph["context"]
    source = Source(1, _segment(title, text))
    number = 0
    asked = paragraph["qas"][:_ASKED]
    for at, qa in enumerate(asked):
        if at == 1 + place % (len(asked) - 1):
            yield from _pair(number, decided, _REPLIES[spoken], (), AnswerState.DONE)
            number += 2
        said = f"{_holding(text, qa['answers'][0]['answer_start'])} [1]"
        yield from _pair(number, qa["question"].strip(), said, (source,), AnswerState.DONE)
        number += 2
    yield from _pair(number, left, "", (source,), AnswerState.ABSTAINED)


def _pair(
    number: int, asked: str, said: str, sources: tuple[Source, ...], state: AnswerState
) -> Iterator[Message]:
    moment = _BEGAN + 60 * number
    cited = citations.check(said, sources)
    parent = number if number else None
    yield Message(number + 1, Speaker.USER, asked, moment, parent=parent)
    yield Message(
        number + 2, Speaker.ASSISTANT, said, moment, state, sources, cited, parent=number + 1
    )


def _holding(text: str, start: int) -> str:
    """The sentence that holds a place."""
    spans = sentences(text)
    return next((text[a:b].strip() for a, b in spans if a <= start < b), text[:200])


def _segment(title: str, text: str) -> Segment:
    place = Locator(0, len(text))
    return Segment(title, f"{title}.txt", "", text, title, place, place, (1,), 1.0, 1.0, 1.0)


def imported(services: Services, talk: Talk, folder: Path) -> str:
    """The id of the conversation that it becomes."""
    file = folder / "talk.json"
    file.write_bytes(transcript_json.write(Whole(talk.title, _BEGAN, talk.turns)))
    return services.transcripts.import_file(file)


def measure(services: Services, talk: Talk, folder: Path) -> Row:
    conversation = imported(services, talk, folder)
    began = time.perf_counter()
    summary = services.summaries.write(conversation, NoControl())
    seconds = time.perf_counter() - began
    assert summary is not None
    points = summary.digest.points
    cited = {e.id: e for e in services.conversations.messages(conversation)}
    said = [*(each.text for each in points), *summary.digest.questions, summary.title]
    decisions = [each.text for each in summary.of_kind(PointKind.DECISION)]
    return Row(
        title=summary.title,
        language=talk.language,
        points=len(points),
        supported=sum(_supported(summary, place, cited) for place in range(len(points))),
        decided=any(_holds(each, talk.decision) for each in decisions),
        anywhere=any(_holds(each.text, talk.decision) for each in points),
        right_language=all(language.of(each) == talk.language for each in said),
        open_kept=any(_holds(each, talk.open) for each in summary.digest.questions),
        seconds=round(seconds, 1),
        text=tuple(f"{each.kind.value}: {each.text}" for each in points)
        + tuple(f"open: {each}" for each in summary.digest.questions),
    )


def _supported(summary: Summary, place: int, cited: dict[int, Message]) -> bool:
    point = summary.digest.points[place]
    if point.message is None or point.message not in cited:
        return False
    answer = cited[point.message]
    held = answer.text
    if point.source is not None:
        held = " ".join(e.segment.text for e in answer.sources if e.number == point.source)
    elif answer.parent in cited:
        held = f"{cited[answer.parent].text} {held}"
    wanted = set(stems(point.text))
    enough = len(wanted & set(stems(held))) >= _SUPPORTED * len(wanted)
    return enough and set(figures_of(point.text)) <= set(figures_of(held))


def _holds(text: str, gold: str) -> bool:
    wanted = set(stems(gold))
    return len(wanted & set(stems(text))) >= _KEPT * len(wanted)


def told(rows: Sequence[Row]) -> dict[str, object]:
    points = sum(each.points for each in rows)
    count = max(len(rows), 1)
    return {
        "conversations": len(rows),
        "points": points,
        "supported": round(sum(each.supported for each in rows) / max(points, 1), 3),
        "decisions": round(sum(each.decided for each in rows) / count, 3),
        "decisions_anywhere": round(sum(each.anywhere for each in rows) / count, 3),
        "right_language": round(sum(each.right_language for each in rows) / count, 3),
        "open_kept": round(sum(each.open_kept for each in rows) / count, 3),
        "seconds": [each.seconds for each in rows],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--limit", type=int, default=15, help="conversations of each language")
    arguments = parser.parse_args()
    taken = list(talks(arguments.data))
    chosen = [*taken[: arguments.limit], *taken[15 : 15 + arguments.limit]]
    rows = []
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        services = scratch_profile(wiring.start, Path(scratch))
        try:
            services.models.use(STARTER)
            for talk in chosen:
                rows.append(measure(services, talk, Path(scratch)))
                sys.stderr.write(f"{rows[-1].title} {rows[-1].seconds}\n")
        finally:
            services.close()
    sys.stdout.write(json.dumps(told(rows), ensure_ascii=False) + "\n")
    if arguments.out:
        lines = (json.dumps(asdict(each), ensure_ascii=False) for each in rows)
        arguments.out.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
