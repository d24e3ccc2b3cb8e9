"""A model that writes rows as it is asked to, and documents for it."""

import json
import re
from collections.abc import Sequence

from app.engines.fake import FakeChat
from app.engines.turns import Turn, TurnKind

NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Ginkgo", "Hazel")
_MAIN = re.compile(r'A sentence of the passage: "(.*)"\n|Предложение из отрывка: «(.*)»\n')


def document(place: int) -> str:
    name = NAMES[place]
    return (
        f"The {name} plant in the north was opened by the council in {1900 + place}. "
        f"Every year the {name} plant sends {100 + place} wagons of timber to the harbour. "
        f"The director of the {name} plant signs all orders above {10 + place} thousand roubles."
    )


class RowModel(FakeChat):
    """Asks for the main sentence in halves and knows the answers again; `draft` may spoil what it
    writes, `second` what it answers."""

    def __init__(self, **spoiled: str) -> None:
        super().__init__(self._say)
        self.spoiled = spoiled
        self.prompts: list[str] = []
        self._answers: dict[str, str] = {}

    def _say(self, turns: Sequence[Turn]) -> str:
        assert turns[-1].kind == TurnKind.USER
        prompt = turns[-1].text
        self.prompts.append(prompt)
        if found := _MAIN.search(prompt):
            return self._draft(found[1] or found[2])
        question = prompt.rpartition(": ")[2].strip()
        return self.spoiled.get("second", self._answers[question])

    def _draft(self, sentence: str) -> str:
        words = sentence.rstrip(".").split()
        question = self.spoiled.get("question", f"What is known of {' '.join(words[1:-2])}?")
        written = {
            "question": question,
            "quote": self.spoiled.get("quote", sentence),
            "answer": self.spoiled.get("answer", sentence),
        }
        self._answers[question] = written["answer"]
        return self.spoiled.get("draft", json.dumps(written, ensure_ascii=False))
