"""The first candidates read again by the second reader, each sentence of theirs too: as many as
this machine manages while nobody minds."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.domain.chat.conversation import SentenceScore, TextSpan
from app.domain.library.documents import Passage
from app.domain.retrieval.ranking import Ranked
from app.domain.settings import SecondReading
from app.domain.text.sentences import sentences
from app.services.models.service import ModelService

K = TypeVar("K")
#: Letters and figures in one word, with what joins them; and what its very occurrence counts.
_CODE = re.compile(r"(?=\S*\d)\w+(?:[-./]\w+)*")
_EXACTLY = 1.0


@dataclass(frozen=True, slots=True)
class Reread(Generic[K]):
    """Candidates in their new order, and of those that were read how well each sentence of the
    passage meets the question."""

    ranked: list[Ranked[K]]
    sentences: Mapping[K, tuple[SentenceScore, ...]]


class Rereading:
    def __init__(self, models: ModelService, settings: SecondReading) -> None:
        self._models = models
        self._settings = settings
        self._seconds_a_passage = 0.0

    def read(
        self,
        question: str,
        ranked: Sequence[Ranked[K]],
        passages: Mapping[K, Passage],
    ) -> Reread[K]:
        """Those that are read come first, by both scores; the others follow as they were. Without a
        second reader nothing changes. `DamagedModel`, `ModelChanged`."""
        reader = self._models.second_reader()
        if reader is None or not ranked:
            return Reread(list(ranked), {})
        count = self._affordable()
        first, rest = ranked[:count], ranked[count:]
        own = [passages[each.passage] for each in first]
        heads = [len(each.header) + 1 for each in own]
        spans = [sentences(each.text) for each in own]
        began = time.perf_counter()
        readings = reader.read(
            question,
            [f"{each.header}\n{each.text}" for each in own],
            [
                [TextSpan(start + head, end + head) for start, end in found]
                for head, found in zip(heads, spans, strict=True)
            ],
        )
        self._note(len(first), time.perf_counter() - began)
        calibration, code = self._models.embedder().calibration, _bare_code(question)
        weight, again, scores = self._settings.weight, [], {}
        for each, found, reading in zip(first, spans, readings, strict=True):
            text = passages[each.passage].text
            late = calibration.met(reading.score) + _named(code, text)
            score = (1 - weight) * each.score + weight * late
            again.append(replace(each, score=score))
            scores[each.passage] = tuple(
                SentenceScore(start, end, calibration.met(value) + _named(code, text[start:end]))
                for (start, end), value in zip(found, reading.sentences, strict=True)
            )
        again.sort(key=lambda each: -each.score)
        # What was not read stands below all that was.
        least = min(max(again[-1].score, 0.0), 1.0)
        return Reread(again + [replace(each, score=each.score * least) for each in rest], scores)

    def _note(self, count: int, seconds: float) -> None:
        """What was read lately costs nothing, so only times that tell something are kept."""
        if seconds / count > self._seconds_a_passage / 2:
            known = self._seconds_a_passage or seconds / count
            self._seconds_a_passage = (known + seconds / count) / 2

    def _affordable(self) -> int:
        settings = self._settings
        if not self._seconds_a_passage:
            return settings.most
        count = int(settings.seconds / self._seconds_a_passage)
        return min(max(count, settings.least), settings.most)


def _bare_code(question: str) -> re.Pattern[str] | None:
    """Finds a code where it is all that is asked for: "27001-5.31" is not "27001-5.3"."""
    code = question.strip(' ?№#"«»')
    if not _CODE.fullmatch(code):
        return None
    return re.compile(rf"(?<![\w.-]){re.escape(code)}(?![\w-]|\.\d)", re.IGNORECASE)


def _named(code: re.Pattern[str] | None, text: str) -> float:
    return _EXACTLY if code and code.search(text) else 0.0
