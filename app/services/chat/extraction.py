"""Answers without a chat model: the sentences of the passages that come nearest the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.chat.conversation import Citation, Source
from app.domain.progress import Control
from app.domain.retrieval.passages import sentences
from app.services.models.service import ModelService
from app.stems import stems

#: Sentences that are embedded, and that are shown.
_CANDIDATES, _SHOWN = 24, 3
#: Share of the best sentence's score that the others must have to stand beside it.
_NEAR = 0.6
#: Characters that a sentence must have to say something.
_LEAST, _LONGEST = 25, 600
#: Weight of the shared words beside the meaning; both lie between 0 and 1 over the candidates.
_WORDS = 0.4


@dataclass(frozen=True, slots=True)
class _Sentence:
    source: Source
    start: int
    end: int
    overlap: float

    @property
    def text(self) -> str:
        return " ".join(self.source.segment.text[self.start : self.end].split())


class Extraction:
    def __init__(self, models: ModelService) -> None:
        self._models = models

    def quote(
        self, question: str, sources: Sequence[Source], control: Control
    ) -> tuple[str, tuple[Citation, ...]]:
        """A text of quoted sentences, each with its citation, in the order of the sources."""
        candidates = _candidates(set(stems(question)), sources)
        if not candidates:
            return "", ()
        embedder = self._models.embedder()
        vectors = embedder.embed_passages([candidate.text for candidate in candidates], control)
        meaning = _scaled(
            [float(vector) for vector in vectors @ embedder.embed_queries([question])[0]]
        )
        overlap = _scaled([candidate.overlap for candidate in candidates])
        scores = [m * (1 - _WORDS) + w * _WORDS for m, w in zip(meaning, overlap, strict=True)]
        order = sorted(range(len(candidates)), key=lambda place: -scores[place])[:_SHOWN]
        least = scores[order[0]] * _NEAR
        chosen = [candidates[place] for place in order if scores[place] >= least]
        return _written(
            sorted(chosen, key=lambda sentence: (sentence.source.number, sentence.start))
        )


def _candidates(asked: set[str], sources: Sequence[Source]) -> list[_Sentence]:
    """Sentences with most of the question's words, those of better passages first."""
    found: dict[str, _Sentence] = {}
    for source in sources:
        for start, end in sentences(source.segment.text):
            if not _LEAST <= end - start <= _LONGEST:
                continue
            shared = len(asked & set(stems(source.segment.text[start:end])))
            sentence = _Sentence(source, start, end, shared / max(len(asked), 1))
            found.setdefault(sentence.text, sentence)
    return sorted(found.values(), key=lambda each: -each.overlap)[:_CANDIDATES]


def _scaled(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]


def _written(chosen: Sequence[_Sentence]) -> tuple[str, tuple[Citation, ...]]:
    text = ""
    citations = []
    for sentence in chosen:
        text += ("\n\n" if text else "") + "> " + sentence.text
        number = sentence.source.number
        citations.append(
            Citation(number, len(text), sentence.text, sentence.start, sentence.end, True)
        )
    return text, tuple(citations)
