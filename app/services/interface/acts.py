"""What a key lets another program do. Every act is kept within what the key, its assistants and the
profile may reach; an act that would reach nothing is refused instead of reaching everything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.access_keys import AccessKey, KeyAct
from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import Message, Segment
from app.domain.chat.prompting import Exchange
from app.domain.errors import AssistantMissing, CollectionMissing, DocumentMissing
from app.domain.library.documents import Collection, Document, Scope, Stretch
from app.domain.models.model import ModelKind
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.settings import Sampling
from app.services.assistants.service import AssistantService
from app.services.chat.context import AnswerRequest
from app.services.chat.service import ChatService
from app.services.interface.keys import AccessKeyService
from app.services.library.service import LibraryService
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.retrieval.service import RetrievalService
from app.store.library.opened import OpenedFolder

#: The model that stands for no assistant in particular.
PLAIN = "larets"
#: Whoever runs the program knows the password: `larets mcp` may read all that the profile reads.
OWNER = AccessKey("", "mcp", "", "", (KeyAct.SEARCH, KeyAct.ASK, KeyAct.DOCUMENTS, KeyAct.MODELS))


@dataclass(frozen=True, slots=True)
class Question:
    """`assistant` and `collection` by name, PLAIN and "" for none; `history` is what was said
    before. None is the assistant's own."""

    text: str
    history: tuple[Exchange, ...] = ()
    assistant: str = PLAIN
    collection: str = ""
    max_tokens: int | None = None
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    name: str
    data: bytes


class InterfaceService:
    """From any thread."""

    def __init__(
        self,
        keys: AccessKeyService,
        access: Access,
        chat: ChatService,
        retrieval: RetrievalService,
        library: LibraryService,
        assistants: AssistantService,
        models: ModelService,
        sent: OpenedFolder,
    ) -> None:
        """Files are put into `sent` until they have been read. `door` is the address at which
        the window lets programs in, "" where it does not."""
        self.keys = keys
        self.door = ""
        self._access = access
        self._chat, self._retrieval, self._library = chat, retrieval, library
        self._assistants, self._models, self._sent = assistants, models, sent

    def search(
        self, key: AccessKey, query: str, limit: int, collection: str = ""
    ) -> tuple[Segment, ...]:
        """Errors as RetrievalService.find; `OutOfScope`, `CollectionMissing`."""
        scope = Scope(collections=self._within(key, collection))
        return self._retrieval.find(query, limit, scope).segments

    def answer(self, key: AccessKey, question: Question, control: Control) -> Message:
        """An answer that is kept nowhere; what the profile remembers of its own conversations is
        none of another program's business. Errors as ChatService.answer; `OutOfScope`,
        `AssistantMissing`, `CollectionMissing`."""
        assistant = self._assistant(key, question.assistant)
        request = AnswerRequest(
            Scope(collections=self._within(key, question.collection, assistant)),
            remember=False,
            sampling=_sampling(question, assistant),
        )
        return self._chat.answer_unkept(
            question.text, control, request, question.history, assistant
        )

    def assistants(self, key: AccessKey) -> list[str]:
        """The names under which a key may ask."""
        if key.assistants:
            return [each.name for each in self._assistants.all() if each.id in key.assistants]
        return [PLAIN, *(each.name for each in self._assistants.all())]

    def embedding_model(self) -> str:
        """The name of the embedding model in use, "" without one."""
        model = self._models.in_use(ModelKind.EMBEDDING)
        return model.name if model else ""

    def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """Vectors as questions have them, and how many tokens were read. `ModelError`."""
        embedder = self._models.embedder()
        vectors = embedder.embed_queries(texts)
        return [list(map(float, vector)) for vector in vectors], sum(embedder.count(texts))

    def documents(self, key: AccessKey, collection: str = "") -> list[Document]:
        """`OutOfScope`, `CollectionMissing`."""
        within = self._within(key, collection)
        return [
            document
            for each in self._reached(within)
            for document in self._library.documents(each.id)
        ]

    def collections(self, key: AccessKey) -> list[Collection]:
        return self._reached(self._within(key, ""))

    def passages(self, key: AccessKey, document: str, first: int, count: int) -> Stretch:
        """Passages of a document that follow each other. `DocumentMissing`."""
        if document not in {each.id for each in self.documents(key)}:
            raise DocumentMissing(name=document)
        return self._library.stretch(document, first, count)

    def add(
        self, key: AccessKey, files: Sequence[SentFile], collection: str, control: Control
    ) -> list[Document]:
        """Read files into a collection. Errors as LibraryService.add; `OutOfScope`."""
        self._access.require(Act.ADD_DOCUMENTS)
        target = self._target(key, collection)
        paths = [self._sent.write(each.name, [each.data]) for each in files]
        try:
            return list(self._library.add(paths, control, target).documents)
        finally:
            for path in paths:
                path.unlink(missing_ok=True)
                path.parent.rmdir()

    def _target(self, key: AccessKey, collection: str) -> str:
        """The first collection within reach where none is named."""
        reached = self._reached(self._within(key, collection))
        if not reached:
            raise CollectionMissing(name=collection)
        return reached[0].id

    def _reached(self, within: frozenset[str]) -> list[Collection]:
        return [each for each in self._library.collections() if not within or each.id in within]

    def _assistant(self, key: AccessKey, name: str) -> Assistant | None:
        """None for PLAIN. One that a key was not made for is refused whether it exists or not."""
        found = None
        if name != PLAIN:
            known = {each.name.casefold(): each for each in self._assistants.all()}
            found = known.get(name.casefold())
        if key.assistants and (found is None or found.id not in key.assistants):
            raise self.keys.out_of_scope(key, f"assistant:{name}")
        if found is None and name != PLAIN:
            raise AssistantMissing(name=name)
        return found

    def _within(
        self, key: AccessKey, asked: str, assistant: Assistant | None = None
    ) -> frozenset[str]:
        """Ids of the collections that may be looked at, none for all. `OutOfScope` where that would
        be nothing at all."""
        limits = [frozenset(key.collections)] if key.collections else []
        if assistant and assistant.collections:
            limits.append(frozenset(assistant.collections))
        elif assistant is None and key.assistants:
            limits += self._of_assistants(key)
        if asked:
            found = {
                each.id for each in self._library.collections() if asked in (each.name, each.id)
            }
            if not found and not limits:
                raise CollectionMissing(name=asked)
            limits.append(frozenset(found))
        within = frozenset.intersection(*limits) if limits else frozenset()
        if limits and not within:
            raise self.keys.out_of_scope(key, f"collection:{asked}")
        return within

    def _of_assistants(self, key: AccessKey) -> list[frozenset[str]]:
        """What the assistants of a key may look at together: no limit if one of them has none."""
        allowed = [each for each in self._assistants.all() if each.id in key.assistants]
        if allowed and not all(each.collections for each in allowed):
            return []
        return [frozenset(name for each in allowed for name in each.collections)]


def _sampling(question: Question, assistant: Assistant | None) -> Sampling | None:
    if question.max_tokens is None and question.temperature is None:
        return None
    own = Sampling()
    if assistant:
        own = replace(own, temperature=assistant.temperature, max_tokens=assistant.max_tokens)
    if question.max_tokens is not None:
        own = replace(own, max_tokens=question.max_tokens)
    if question.temperature is not None:
        own = replace(own, temperature=question.temperature)
    return own
