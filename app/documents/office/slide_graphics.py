"""Charts as tables, and the words of SmartArt, out of a slide's graphic frames."""

from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import CHART_POINTS
from app.documents.markup import parse_xml
from app.documents.tables.number_format import shown_number
from app.documents.tables.table_text import table_blocks
from app.documents.tally import Tally
from app.domain.library.documents import Block, BlockKind
from app.domain.library.reading import UnreadReason
from app.domain.text import language

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def blocks(frame: Any, page: int, tally: Tally) -> Iterator[Block]:
    """What a graphic frame says that is no table; nothing of pictures and embedded files."""
    relation = next(frame._element.iter(_DGM + "relIds"), None)
    if relation is not None:
        yield from diagram(_part(frame, relation.get(_R + "dm")), page)
    elif frame.has_chart:
        yield from chart(frame.chart._chartSpace, page, tally)


def _part(frame: Any, relation: str) -> Any:
    part = frame.part.related_part(relation)
    return parse_xml(part.blob, "")


def diagram(root: Any, page: int | None) -> Iterator[Block]:
    """The words of SmartArt, from the root of its data."""
    for point in root.iter(_DGM + "pt"):
        if point.get("type", "node") not in ("node", "asst"):
            continue
        if text := clean_line(" ".join(_words(each) for each in point.iter(_A + "p"))):
            yield Block(BlockKind.LIST_ITEM, text, page, level=1)


def _words(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(_A + "t"))


def chart(space: Any, page: int | None, tally: Tally) -> Iterator[Block]:
    """A chart's title and its values as a table, from its root (`chartSpace`)."""
    text = ""
    title = space.find(f"{_C}chart/{_C}title")
    if title is not None and (text := clean_line(_words(title))):
        yield Block(BlockKind.PARAGRAPH, text, page)
    series = list(space.iter(_C + "ser"))
    if not series:
        return
    names = [_name(each) for each in series]
    categories = _points(series[0], ("cat", "xVal"))
    values = [_points(each, ("val", "yVal")) for each in series]
    places = sorted(set(categories).union(*values))
    spoken = language.of(" ".join([*names, *categories.values()]))
    if len(places) > CHART_POINTS:
        tally.unread(UnreadReason.CHART_LIMIT, text, page or 0, len(places) - CHART_POINTS)
    rows = [["", *names]]
    for place in places[:CHART_POINTS]:
        numbers = (_shown(value.get(place, ""), spoken) for value in values)
        rows.append([categories.get(place, ""), *numbers])
    yield from table_blocks(rows, 1, page)


def _name(series: Any) -> str:
    texts = (node.text or "" for tx in series.iterchildren(_C + "tx") for node in tx.iter(_C + "v"))
    return clean_line(" ".join(texts))


def _points(series: Any, tags: tuple[str, ...]) -> dict[int, str]:
    """Texts by their places; of categories with several levels the innermost."""
    for tag in tags:
        source = series.find(_C + tag)
        if source is None:
            continue
        level = next(source.iter(_C + "lvl"), source)
        found: dict[int, str] = {}
        for point in level.iter(_C + "pt"):
            place = point.get("idx", "")
            if place.isdecimal() and len(place) < 9:
                found[int(place)] = clean_line(point.findtext(_C + "v") or "")
        return found
    return {}


def _shown(text: str, spoken: str) -> str:
    try:
        return shown_number(float(text), "General", spoken)
    except (ValueError, OverflowError):
        return text
