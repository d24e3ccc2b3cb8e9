"""Which documents a question means as a set: "акты осмотра", "the lease contracts"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.stems import stems

#: Stems that say what is done with a set, not which it is.
ASKING = frozenset(
    stems(
        """перечисли перечислите список перечень назови назовите выпиши сравни сравните отличаются
        отличается различаются разница срок сроки сколько какие какой все всего есть имеется
        объекты объект документ документы файл файлы два двух три трёх раньше позже больше меньше
        list name which compare difference differ all many how total documents document files file
        two three earlier later more less"""
    )
)
#: Characters of a first line that is a title; a longer one is text, as is one with a full stop.
_FIRST_LINE = 100


@dataclass(frozen=True, slots=True)
class Titled:
    """A document by its id and name, with its tags and the beginning of its text."""

    id: str
    name: str
    opening: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Documents in the order of their names, and the words of the question that they share."""

    documents: tuple[Titled, ...]
    shared: tuple[str, ...]


def meant(
    question: str, documents: Sequence[Titled], of: frozenset[str] = frozenset()
) -> DocumentSet | None:
    """The documents whose name, tags or beginning have the same words of the question: the most
    words that at least two have. With `of` one of those must stand in the name, the tags or the
    title of each. None where there is no
    such set, or where it is all of the library and says nothing."""
    asked = list(dict.fromkeys(each for each in stems(question) if each not in ASKING))
    held = {
        document.id: frozenset(asked)
        & frozenset(stems(" ".join((document.name, *document.tags, document.opening))))
        for document in documents
    }
    counts = Counter(words for words in held.values() if words)
    best: frozenset[str] = frozenset()
    most = 0
    for words in counts:
        size = sum(1 for own in held.values() if own >= words)
        members = [each for each in documents if held[each.id] >= words]
        named = any(_names(words, each) for each in members)
        if of:
            named = all(_names(of & words, each) for each in members)
        if size > 1 and named and (len(words), size) > (len(best), most):
            best, most = words, size
    if not best:
        return None
    members = [document for document in documents if held[document.id] >= best]
    members.sort(key=lambda each: _natural(each.name))
    return DocumentSet(tuple(members), tuple(each for each in asked if each in best))


def _names(words: frozenset[str], document: Titled) -> bool:
    """Whether at least one of the words stands in its name, its tags or the first line: mere
    mention further down makes no kind of document."""
    first = document.opening.strip().split("\n", 1)[0]
    if len(first) > _FIRST_LINE or first.rstrip().endswith((".", "!", "?", ":", ";", ",")):
        first = ""
    return bool(words & frozenset(stems(" ".join((document.name, *document.tags, first)))))


def _natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """So that "Акт 2" comes before "Акт 10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(each)) if each.isdecimal() else (1, each) for each in parts)
