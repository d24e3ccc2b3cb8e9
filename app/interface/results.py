"""Hits, citations and documents as the command line's contract prints them."""

from app.domain.chat.conversation import Citation, Message, Segment
from app.domain.library.documents import Stretch
from app.domain.retrieval.passages import PATH_BREAK


def hit(rank: int, segment: Segment) -> dict[str, object]:
    """A segment as the contract prints it."""
    return {
        "rank": rank,
        "document": segment.document,
        "name": segment.name,
        "path": segment.path,
        "page": segment.best.page,
        "page_label": segment.best.label,
        "locator": locator(segment),
        "heading": segment.best.heading,
        "text": segment.text,
        "start": segment.locator.start,
        "end": segment.locator.end,
        "also_in": list(segment.also_in),
        "read_in_part": segment.partly_read,
        "score": round(segment.score, 6),
        "dense_score": segment.dense_score,
        "keyword_score": segment.keyword_score,
    }


def passages(document: str, stretch: Stretch) -> dict[str, object]:
    """Passages of a document that follow each other, under their numbers."""
    return {
        "document": document,
        "total": stretch.total,
        "passages": [
            {
                "number": number,
                "text": each.text,
                "page": each.locator.page,
                "heading": each.locator.heading,
            }
            for number, each in enumerate(stretch.passages, start=stretch.first)
        ],
    }


def locator(segment: Segment) -> str:
    """Where it stands, in words: file, sheet, heading path, cells, page or line."""
    parts = [segment.name]
    sheet, heading = segment.best.sheet, segment.best.heading
    if sheet and heading.split(PATH_BREAK)[0] != sheet:
        parts.append(sheet)
    if heading:
        parts.append(heading)
    if segment.best.cells:
        parts.append(segment.best.cells)
    elif segment.best.page is not None:
        printed = f" ({segment.best.label})" if segment.best.label else ""
        parts.append(f"p. {segment.best.page}{printed}")
    elif segment.locator.line is not None:
        parts.append(f"line {segment.locator.line}")
    return PATH_BREAK.join(parts)


def citations_of(message: Message) -> list[dict[str, object]]:
    """Those of an answer whose source is there."""
    segments = {source.number: source.segment for source in message.sources}
    return [
        _citation(citation, segments[citation.number])
        for citation in message.citations
        if citation.number in segments
    ]


def _citation(citation: Citation, segment: Segment) -> dict[str, object]:
    return {
        "number": citation.number,
        "document": segment.document,
        "path": segment.path,
        "page": segment.part_at(citation.quote_start).page if citation.quote else segment.best.page,
        "locator": locator(segment),
        "quote": citation.quote,
        "supported": citation.supported,
    }
