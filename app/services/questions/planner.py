"""Which kind a question is, and what is looked at for it: by its wording and by what the library
holds. No model is asked."""

import re
from collections.abc import Callable, Iterator, Sequence

from app.domain.chat.conversation import QuestionKind
from app.domain.library.documents import Document, Scope
from app.domain.questions import document_sets, kinds
from app.domain.questions.document_sets import DocumentSet, Titled
from app.domain.questions.kinds import Wording
from app.domain.questions.whole import asks_about_whole, calls_for_whole
from app.services.questions.plan import Plan, Side
from app.services.searchable import SearchableCollection
from app.stems import stems

#: Documents whose beginnings are looked into for one question, and that are compared as sides.
_LOOKED_INTO, _SIDES = 400, 6
#: Documents of a list that are read.
_LISTED = 60
#: Passages that the words of a question lead to, whose documents may belong to the set.
_BY_WORDS = 80
#: Characters of a document's beginning that say what it is.
_OPENING = 240


class Planner:
    def __init__(self, collections: Callable[[], Sequence[SearchableCollection]]) -> None:
        """`collections` are those that are open at that moment."""
        self._collections = collections

    def plan(self, question: str, scope: Scope, kind: QuestionKind | None = None) -> Plan:
        """How to answer a question that can be understood alone, within a scope. A `kind` that the
        user chose is kept where the library has what it needs."""
        said = kinds.wording(question)
        if kind is QuestionKind.LOOKUP:
            return Plan()
        document = self._whole(question, scope)
        if document and kind in (None, QuestionKind.DOCUMENT):
            return Plan(QuestionKind.DOCUMENT, document=document)
        wanted = kind or said.kind
        if wanted is QuestionKind.SIDES:
            return self._sides(question, said, scope) or Plan()
        if wanted is QuestionKind.LIST:
            return self._list(question, said, scope) or Plan()
        return Plan()

    def _whole(self, question: str, scope: Scope) -> str:
        """The one document that a question is about as a whole: the only one chosen, or one that
        the question names."""
        if not calls_for_whole(question):
            return ""
        if len(scope.documents) == 1 and asks_about_whole(question):
            return next(iter(scope.documents))
        for document in self._documents(scope):
            name = _bare(document.name)
            if len(name) > 3 and name.casefold() in question.casefold():
                rest = re.sub(re.escape(name), " ", question, flags=re.IGNORECASE)
                if asks_about_whole(rest):
                    return document.id
        return ""

    def _sides(self, question: str, said: Wording, scope: Scope) -> Plan | None:
        if said.named:
            documents = list(self._documents(scope))
            sides = tuple(
                self._side(name, kinds.without_others(question, name, said.named), documents, scope)
                for name in said.named
            )
            return Plan(QuestionKind.SIDES, sides, len(sides), said.named)
        found = self._set(question, scope, said.of)
        if found is None or len(found.documents) > _SIDES:
            return None
        return _of_documents(QuestionKind.SIDES, question, found)

    def _side(self, name: str, asked: str, documents: Sequence[Document], scope: Scope) -> Side:
        """Within the one document that is called so, if there is one."""
        called = [each.id for each in documents if _is_called(each.name, name)]
        narrowed = Scope(documents=frozenset(called)) if len(called) == 1 else scope
        return Side(name, asked, narrowed)

    def _list(self, question: str, said: Wording, scope: Scope) -> Plan | None:
        found = self._set(question, scope, said.of)
        if found is None:
            return None
        plan = _of_documents(QuestionKind.LIST, question, found)
        rest = set(stems(question)) - set(found.shared) - document_sets.ASKING
        bare = said.counts and not rest
        return Plan(plan.kind, plan.sides[:_LISTED], plan.found, plan.shared, said.counts, bare)

    def _set(self, question: str, scope: Scope, of: frozenset[str]) -> DocumentSet | None:
        titled: list[Titled] = []
        asked = set(stems(question))
        for opened in self._collections():
            if scope.collections and opened.id not in scope.collections:
                continue
            documents = {each.id: each for each in opened.store.documents() if scope.fits(each)}
            near = [
                each.id
                for each in documents.values()
                if asked & set(stems(" ".join((each.name, *each.tags))))
            ]
            hits = [hit.passage for hit in opened.index.by_words(question, _BY_WORDS)]
            near += opened.store.documents_of(hits).values()
            ids = [each for each in dict.fromkeys(near) if each in documents][:_LOOKED_INTO]
            openings = opened.store.openings(ids, _OPENING)
            titled += [
                Titled(each, documents[each].name, openings.get(each, ""), documents[each].tags)
                for each in ids
            ]
        return document_sets.meant(question, titled, of)

    def _documents(self, scope: Scope) -> Iterator[Document]:
        for opened in self._collections():
            if not scope.collections or opened.id in scope.collections:
                yield from (each for each in opened.store.documents() if scope.fits(each))


def _of_documents(kind: QuestionKind, question: str, found: DocumentSet) -> Plan:
    sides = tuple(
        Side(_bare(each.name), question, Scope(documents=frozenset([each.id])))
        for each in found.documents
    )
    return Plan(kind, sides, len(sides), found.shared)


def _bare(name: str) -> str:
    """A file's name without its suffix."""
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and 0 < len(suffix) <= 5 and stem else name


def _is_called(name: str, side: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(side)}(?!\w)", _bare(name), re.IGNORECASE))
