"""Conversations, what is kept of them, and what is said beside them."""

from dataclasses import dataclass

from app.domain.settings import EvidenceChoice, PromptBudget
from app.services.assistants.prompts import Prompts
from app.services.assistants.service import AssistantService
from app.services.assistants.templates import TemplateService
from app.services.chat.answer_style import AnswerStyles
from app.services.chat.answer_writer import AnswerWriter
from app.services.chat.passage_finder import PassageFinder
from app.services.chat.prompt import PromptBuilder
from app.services.chat.read_states import ReadStates
from app.services.chat.service import ChatService
from app.services.chat.sheet_questions import SheetQuestions
from app.services.conversations.auxiliary import AuxiliaryService
from app.services.conversations.service import ConversationService
from app.services.conversations.transcripts import TranscriptService
from app.services.exams.blind import BlindComparisons
from app.services.exams.service import ExamService, ExamStores, Ground
from app.services.library.attachments import Attachments
from app.services.memory.notes import NoteService
from app.services.memory.recall import Recall
from app.services.memory.summaries import SummaryService
from app.services.memory.summary_writer import SummaryWriter
from app.services.questions.followup import FollowUp
from app.services.questions.planner import Planner
from app.services.questions.set_writer import SetWriter
from app.services.questions.side_reader import SideReader
from app.services.retrieval.passage_sets import PassageSets
from app.services.statistics.service import StatisticsService
from app.services.transfers.assistants import AssistantTransfers
from app.store.chat.assistants import AssistantStore
from app.store.chat.conversations import ConversationStore
from app.store.chat.exams import ExamQuestionStore, ExamRunStore
from app.store.chat.message_search import MessageSearch
from app.store.chat.messages import MessageStore
from app.store.chat.passage_sets import PassageSetStore
from app.store.chat.served import ServedStore
from app.store.chat.templates import SharedTemplateStore, TemplateStore
from app.store.memory.memory_vectors import MemoryVectors
from app.store.memory.notes import NoteStore
from app.store.memory.summaries import SummaryStore
from app.store.settings import SettingsStore
from app.wiring.base import Base
from app.wiring.library import LibraryParts
from app.wiring.models import Models


@dataclass(frozen=True)
class ChatParts:
    """Everything about conversations behind the lock."""

    chat: ChatService
    conversations: ConversationService
    assistants: AssistantService
    sets: PassageSets
    templates: TemplateService
    auxiliary: AuxiliaryService
    transcripts: TranscriptService
    attachments: Attachments
    writer: AnswerWriter
    statistics: StatisticsService
    memory: "_Memory"


def build_chat(
    base: Base,
    parts: Models,
    library: LibraryParts,
    prompts: Prompts,
    sheets: SheetQuestions,
) -> ChatParts:
    profile, unlocked = base.unlocked.database, base.unlocked
    prompt = PromptBuilder(prompts, PromptBudget())
    sets = SetWriter(SideReader(prompts), base.paths.resources)
    writer = AnswerWriter(parts.models, parts.inference, prompt, sheets, EvidenceChoice(), sets)
    states = ReadStates(parts.inference, prompt, unlocked.states())
    messages = MessageStore(profile)
    attachments = Attachments(library.collections, parts.models, base.access)

    def forget(conversation: str) -> None:
        states.forget(conversation)
        attachments.forget(conversation)
        memory.summaries.forget(conversation)

    conversations = ConversationService(
        ConversationStore(profile), messages, MessageSearch(profile), base.events, forget
    )
    memory = _memory(base, parts, conversations, prompts)
    conversations.purge()
    assistants = AssistantService(
        AssistantStore(unlocked.workspace), base.access, base.events, unlocked.name,
        base.paths.resources,
    )  # fmt: skip
    passage_sets = PassageSets(PassageSetStore(profile), library.collections.shown, parts.models)
    follow_up = FollowUp(parts.inference, prompts)
    planner = Planner(library.collections.shown)
    finder = PassageFinder(
        library.retrieval, follow_up, passage_sets, attachments, memory.recall, planner
    )
    styles = AnswerStyles(assistants, prompts, unlocked.name)
    chat = ChatService(
        messages, conversations, finder, writer, states, styles, base.access, base.record
    )
    transcripts = TranscriptService(
        conversations, messages, assistants, base.access, base.record, base.paths.resources
    )
    templates = TemplateService(
        TemplateStore(profile), SharedTemplateStore(unlocked.workspace), base.access, base.events
    )
    auxiliary = AuxiliaryService(parts.inference, prompts, conversations, parts.preferences)
    return ChatParts(
        chat, conversations, assistants, passage_sets, templates, auxiliary, transcripts,
        attachments, writer, _statistics(base, parts, library, assistants), memory,
    )  # fmt: skip


def build_assistant_transfers(
    base: Base, parts: Models, library: LibraryParts, chat: ChatParts
) -> AssistantTransfers:
    return AssistantTransfers(
        chat.assistants, library.library, parts.adapters, base.access, base.record
    )


def build_exams(base: Base, parts: Models, library: LibraryParts, chat: ChatParts) -> ExamService:
    stores = ExamStores(
        ExamQuestionStore(base.unlocked.workspace), ExamRunStore(base.unlocked.database)
    )
    ground = _ground(parts, library)
    return ExamService(stores, chat.assistants, chat.chat, ground, base.access, base.events)


def build_blind(
    base: Base, parts: Models, library: LibraryParts, chat: ChatParts
) -> BlindComparisons:
    kept = SettingsStore(base.unlocked.database)
    ground = _ground(parts, library)
    return BlindComparisons(kept, chat.assistants, chat.chat, ground, base.access)


def _ground(parts: Models, library: LibraryParts) -> Ground:
    return Ground(library.library, parts.models, parts.adapters)


def _statistics(
    base: Base, parts: Models, library: LibraryParts, assistants: AssistantService
) -> StatisticsService:
    served = ServedStore(base.unlocked.database)
    return StatisticsService(
        served, library.library, assistants, parts.models, base.access, base.record,
        base.paths.resources,
    )  # fmt: skip


@dataclass(frozen=True)
class _Memory:
    """What is kept of conversations."""

    summaries: SummaryService
    notes: NoteService
    recall: Recall


def _memory(
    base: Base, parts: Models, conversations: ConversationService, prompts: Prompts
) -> _Memory:
    profile = base.unlocked.database
    store, notes = SummaryStore(profile), NoteService(NoteStore(profile), base.events)
    summaries = SummaryService(
        store, SummaryWriter(parts.inference, prompts), conversations, base.events,
        written=lambda summary: recall.take_in(summary),
    )  # fmt: skip
    summaries.purge()
    recall = Recall(summaries, notes, MemoryVectors(profile), parts.models, prompts)
    return _Memory(summaries, notes, recall)
