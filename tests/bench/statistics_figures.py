"""python -m tests.bench.statistics_figures: what statistics cost, and which questions they group.

100,000 made answers in a real profile database, whose figures are read as the program reads them
and, for comparison, from the rows themselves; 64 questions, 48 of them wordings of 12 subjects,
grouped by an embedding model. One JSON object.

    python -m tests.bench.statistics_figures [--answers N] [--model FOLDER]
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from sqlalchemy import insert, text

from app.domain.statistics import Outcome, Selection
from app.engines.embedding.embedder import SentenceEmbedder
from app.services.statistics.grouping import groups
from app.store.chat.served import ServedStore
from app.store.database import Database
from app.store.schema import conversations, messages

_TRIES, _TURNS = 7, 20
_KEY = b"k" * 32
_SOURCES = 4_000
_LEAST = (0.94, 0.92, 0.90, 0.88, 0.87, 0.86, 0.85, 0.83)
SUBJECTS = (
    (
        "Кто оплачивает парковку?",
        "Кто платит за парковку сотрудников?",
        "Компенсирует ли компания парковочное место?",
        "За чей счёт парковка у офиса?",
    ),
    (
        "Какой пароль у гостевого Wi-Fi?",
        "Как подключить гостя к вайфаю?",
        "Пароль от Wi-Fi для посетителей",
        "Где узнать пароль гостевой сети?",
    ),
    (
        "Можно ли работать из дома?",
        "Разрешена ли удалённая работа?",
        "Сколько дней в неделю можно работать удалённо?",
        "Могу ли я перейти на удалёнку?",
    ),
    (
        "Когда выплачивают премию за год?",
        "В каком месяце приходит годовая премия?",
        "Когда будет годовой бонус?",
        "Срок выплаты премии по итогам года",
    ),
    (
        "Как заказать новый ноутбук?",
        "Кому подать заявку на замену компьютера?",
        "Где получить новый рабочий ноутбук?",
        "Как поменять старый ноутбук на новый?",
    ),
    (
        "Есть ли скидка на спортзал?",
        "Оплачивает ли фирма абонемент в фитнес-клуб?",
        "Компенсация занятий спортом",
        "Сколько стоит корпоративный абонемент в спортзал?",
    ),
    (
        "Who do I call when the lift is stuck?",
        "What is the number for a broken elevator?",
        "The lift does not work, whom do I tell?",
        "Emergency contact for the elevator",
    ),
    (
        "Can I bring my dog to the office?",
        "Are pets allowed at work?",
        "Is it permitted to have a dog in the office?",
        "What is the policy on animals in the building?",
    ),
    (
        "How do I claim a taxi after a late shift?",
        "Is a taxi home paid when I work late?",
        "Reimbursement of taxi rides at night",
        "Who pays for the cab after ten in the evening?",
    ),
    (
        "Which clauses govern termination by the supplier?",
        "How can the supplier terminate the contract?",
        "On what grounds may the supplier end the agreement?",
        "Supplier's right of termination",
    ),
    (
        "What is the torque of the pump's flange bolts?",
        "How tight must the bolts on the pump flange be?",
        "Tightening torque, flange of the pump",
        "To how many newton metres are the pump flange bolts tightened?",
    ),
    (
        "Where is the fire assembly point?",
        "Where do we gather in case of fire?",
        "Which place is the meeting point after an evacuation?",
        "Assembly point when the fire alarm rings",
    ),
)
SINGLES = (
    "Кто подписывает пропуска?",
    "Какой срок хранения кадровых документов?",
    "Сколько весит контейнер?",
    "Как оформить отпуск без сохранения зарплаты?",
    "Кто заменяет директора во время болезни?",
    "Какие штрафы за просрочку поставки?",
    "Где лежит устав общества?",
    "Как вернуть товар на склад?",
    "When does the canteen open?",
    "How many days of sick leave are paid?",
    "What is the serial number of the compressor?",
    "Who audits the accounts this year?",
    "How long is the notice period?",
    "Which colour code marks coolant hoses?",
    "What does the warranty cover?",
    "How is overtime calculated?",
)


def _fill(database: Database, answers: int) -> None:
    """Answers over two years, of every outcome, each on up to three of 2,000 documents."""
    chance = random.Random(1)
    documents = [f"{chance.getrandbits(128):032x}" for _ in range(2_000)]
    source = os.urandom(_SOURCES // 2).hex().encode()
    today, usual = int(time.time() // 86_400), {"text": "x" * 600, "model": "", "sources": source}
    usual |= {"citations": b"[]", "timings": b'{"total_ms": 2000.0}', "state": "done"}
    with database.change() as connection:
        for number in range(answers):
            conversation = {"id": f"c{number // _TURNS}"}
            if number % _TURNS == 0:
                named = {"title": "t", "created": 0, "changed": 0, **conversation}
                connection.execute(insert(conversations).values(named))
            outcome = chance.choice(list(Outcome))
            cited = chance.sample(documents, chance.choice((1, 1, 2, 3)))
            row = {
                "conversation": conversation["id"],
                "speaker": "assistant",
                "created": 0.0,
                "day": today - (answers - number) * 730 // answers,
                "assistant": chance.choice(("", "a", "b", "c")),
                "outcome": outcome,
                "first_ms": chance.randint(80, 3_000),
                "total_ms": chance.randint(500, 30_000),
                "cited": " ".join(cited) if outcome in ("answered", "quoted") else "",
            }
            connection.execute(insert(messages).values({**usual, **row}))


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of a few times, of this process's own processor time: others use the machine."""
    taken = []
    for _ in range(_TRIES):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return round(statistics.median(taken), 1)


def _cost(answers: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "profile.db", _KEY, "profile")
        _fill(database, answers)
        store, every = ServedStore(database), Selection()

        def rows() -> object:
            query = "SELECT count(*), sum(json_extract(CAST(timings AS TEXT), '$.total_ms'))"
            with database.transaction() as connection:
                return connection.execute(text(f"{query} FROM messages")).all()

        figures = {
            "counts": _milliseconds(lambda: store.counted(every)),
            "times": _milliseconds(lambda: store.times(every)),
            "documents": _milliseconds(lambda: store.cited(every)),
        }
        figures["all"] = round(sum(figures.values()), 1)
        figures["one sum from the rows"] = _milliseconds(rows)
        database.close()
        return figures


def _pairs(groups_of: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    return {pair for group in groups_of for pair in combinations(sorted(group), 2)}


def _grouping(model: Path) -> dict[str, object]:
    texts, right = list(SINGLES), list[list[int]]()
    for subject in SUBJECTS:
        right.append(list(range(len(texts), len(texts) + len(subject))))
        texts += subject
    vectors, wanted = SentenceEmbedder(str(model)).embed_queries(texts), _pairs(right)
    told: dict[str, object] = {}
    for least in _LEAST:
        found = _pairs(groups(vectors, least))
        hits = len(found & wanted)
        precision, recall = hits / max(len(found), 1), hits / len(wanted)
        told[str(least)] = {"precision": round(precision, 2), "recall": round(recall, 2)}
    return told


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    figures: dict[str, object] = {"milliseconds": _cost(arguments.answers)}
    if arguments.model:
        figures["grouping"] = _grouping(arguments.model)
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    main()
