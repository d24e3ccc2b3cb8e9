"""Conversations without a model: finding, naming, ordering, branching, judging, deleting them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app import log
from app.domain.chat.branches import Branches, RemovedTurns
from app.domain.chat.conversation import (
    AnswerState,
    Conversation,
    Feedback,
    Message,
    MessageFilter,
    MessageHit,
    NamedBy,
    SentPrompt,
    Speaker,
    TextSpan,
)
from app.domain.errors import ConversationMissing, StorageFull
from app.domain.events import ConversationsChanged
from app.domain.text.shortening import shortened
from app.services.events import Events
from app.store.chat import message_search
from app.store.chat.conversations import ConversationStore
from app.store.chat.message_search import MessageSearch
from app.store.chat.messages import MessageStore

_TITLE = 60
#: Seconds in which a deletion can be taken back.
UNDO_SECONDS = 15.0


@dataclass(frozen=True)
class ShownBranch:
    """The branch of a conversation that is shown: all turns, and where others stand beside them."""

    conversation: Conversation
    branches: Branches
    turns: tuple[int, ...]


class ConversationService:
    def __init__(
        self,
        store: ConversationStore,
        messages: MessageStore,
        search: MessageSearch,
        events: Events,
        forget: Callable[[str], None],
    ) -> None:
        """`forget` a conversation's other traces when it is deleted for good."""
        self._store = store
        self._messages = messages
        self._search = search
        self._events = events
        self._forget = forget

    def all(self) -> list[Conversation]:
        """Pinned ones first, then the most recently changed."""
        return self._store.all()

    def one(self, conversation: str) -> Conversation:
        """The conversation with that id. `ConversationMissing`."""
        found = self._store.one(conversation)
        if found is None:
            raise ConversationMissing(name=conversation)
        return found

    def begin(self, question: str, assistant: str = "") -> str:
        """A new conversation, titled by its first question; its id."""
        return self._store.create(shortened(question, _TITLE), assistant)

    def rename(self, conversation: str, title: str, named_by: NamedBy = NamedBy.USER) -> None:
        """Give a conversation a title. Nothing happens for an empty one, nor to what a user named.
        `ConversationMissing`."""
        if self._rename(conversation, title, named_by):
            self.changed(conversation)

    def name_after(self, conversation: str, question: str) -> None:
        """Name a conversation after its first question, which is stored and told next."""
        self._rename(conversation, question, NamedBy.QUESTION)

    def _rename(self, conversation: str, title: str, named_by: NamedBy) -> bool:
        clean = shortened(title, _TITLE)
        users = named_by != NamedBy.USER and self.one(conversation).named_by == NamedBy.USER
        if not clean or users:
            return False
        self._store.rename(conversation, clean, named_by)
        return True

    def pin(self, conversation: str, *, pinned: bool) -> None:
        """Keep a conversation at the top of the list, or no longer."""
        self._store.pin(conversation, pinned=pinned)
        self.changed(conversation)

    def archive(self, conversation: str, *, archived: bool) -> None:
        """Take a conversation out of the usual list, or bring it back."""
        self._store.archive(conversation, archived=archived)
        self.changed(conversation)

    def choose_assistant(self, conversation: str, assistant: str) -> None:
        """Who answers from now on."""
        self._store.choose_assistant(conversation, assistant)
        self.changed(conversation)

    def remove(self, conversation: str) -> None:
        """Out of sight at once; `restore` takes it back until `purge`."""
        self._store.remove(conversation)
        self.changed(conversation)

    def restore(self, conversation: str) -> None:
        """Take the deletion of a conversation back, as long as `purge` has not run."""
        self._store.restore(conversation)
        self.changed(conversation)

    def purge(self, older: float = UNDO_SECONDS) -> None:
        """Delete for good what was removed more than `older` seconds ago."""
        gone = self._store.purge(time.time() - older)
        for conversation in gone:
            self._forget(conversation)
        if gone:
            try:
                self._search.tidy()
            except StorageFull as error:  # the next deletion tidies as well
                log.failure(error)

    def expire(self, before: float) -> int:
        """Delete for good what was last changed before a moment, pinned ones included; how many."""
        count = self._store.expire(before)
        if count:
            self.purge()
            try:
                self._store.overwrite()
            except StorageFull as error:  # they are gone; later changes overwrite what they held
                log.failure(error)
        return count

    # -- turns ------------------------------------------------------------------------------------

    def shown(self, conversation: str) -> ShownBranch:
        """Which turns are shown, without their texts. `ConversationMissing`."""
        found = self.one(conversation)
        branches, leaf = self._messages.outline(conversation)
        return ShownBranch(found, branches, tuple(node.id for node in branches.path(leaf)))

    def load(self, turns: Sequence[int]) -> list[Message]:
        """Whole turns; an answer that a crash or power cut ended counts as stopped."""
        return [
            replace(message, state=AnswerState.STOPPED)
            if message.state == AnswerState.WRITING
            else message
            for message in self._messages.load(turns)
        ]

    def home(self, turn: int) -> str | None:
        """The conversation that a turn stands in; None for one that is gone."""
        return self._messages.home(turn)

    def messages(self, conversation: str) -> list[Message]:
        """The branch that is shown, whole."""
        branches, leaf = self._messages.outline(conversation)
        return self.load([node.id for node in branches.path(leaf)])

    def step(self, conversation: str, turn: int, by: int) -> None:
        """Show the branch before (−1) or after (1) the one through `turn`; at an end nothing
        happens."""
        branches, _ = self._messages.outline(conversation)
        beside = branches.beside(turn)
        place = beside.index(turn) + by
        if 0 <= place < len(beside):
            self._messages.show(conversation, branches.end_of(beside[place]))
            self.changed(conversation)

    def show_turn(self, conversation: str, turn: int) -> None:
        """Show a branch on which a turn stands, unless it is shown already."""
        branches, leaf = self._messages.outline(conversation)
        if turn not in {node.id for node in branches.path(leaf)}:
            self._messages.show(conversation, branches.end_of(turn))
            self.changed(conversation)

    def remove_turn(self, conversation: str, turn: int) -> RemovedTurns:
        """Delete a question with its answers; what was asked after it stays. `restore_turns` takes
        it back."""
        branches, leaf = self._messages.outline(conversation)
        path = [node.id for node in branches.path(leaf)]
        nodes = {node.id: node for node in branches.path(turn)}
        asked = nodes[turn]
        if asked.speaker == Speaker.ASSISTANT and asked.parent in nodes:
            asked = nodes[asked.parent]
        gone = [asked.id, *branches.children([asked.id])]
        after = [each for each in path if each not in gone]
        removed = self._messages.remove(conversation, gone, after[-1] if after else None)
        self.changed(conversation)
        return removed

    def restore_turns(self, removed: RemovedTurns) -> None:
        """Put turns back that `remove_turns` took out of a conversation."""
        self._messages.restore(removed)
        self.changed(removed.conversation)

    def judge(self, message: int, feedback: Feedback, correction: str = "") -> None:
        """Store what the user thinks of an answer; liked and corrected ones can be trained from."""
        self._messages.judge(message, feedback, correction.strip())

    def prompt(self, message: int) -> SentPrompt | None:
        """The very turns that were sent for an answer; None where no model was asked."""
        return self._messages.prompt(message)

    # -- search -----------------------------------------------------------------------------------

    def find(self, query: str, among: MessageFilter | None = None) -> list[MessageHit]:
        """Turns of all conversations that have the words, the newest first."""
        return self._search.find(query, among or MessageFilter())

    def marks(self, text: str, query: str) -> tuple[TextSpan, ...]:
        """Where words of a query stand in a text, in any of their forms."""
        return message_search.marks(text, query)

    def cited(self, document_id: str) -> tuple[int, float | None]:
        """How often this profile's answers cite a document, and when one did last, in seconds since
        1970."""
        return self._messages.cited(document_id)

    def changed(self, conversation: str) -> None:
        """Tell whoever shows it."""
        self._events.publish(ConversationsChanged(conversation))
