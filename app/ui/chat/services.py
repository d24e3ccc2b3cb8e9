"""What the chat reaches of an open profile."""

from dataclasses import dataclass

from app.services.assistants.service import AssistantService
from app.services.assistants.templates import TemplateService
from app.services.chat.service import ChatService
from app.services.conversations.auxiliary import AuxiliaryService
from app.services.conversations.service import ConversationService
from app.services.conversations.transcripts import TranscriptService
from app.services.events import Events
from app.services.library.attachments import Attachments
from app.services.library.service import LibraryService
from app.services.memory.summaries import SummaryService
from app.services.models.service import ModelService
from app.services.profiles.preferences import PreferenceService
from app.services.retrieval.passage_sets import PassageSets
from app.services.retrieval.service import RetrievalService
from app.ui.acts import Acts


@dataclass(frozen=True)
class ChatServices:
    """Answers run on `answers`, lists and messages load on `reading`, files are written on
    `background`, attached ones are read on `attaching`."""

    chat: ChatService
    conversations: ConversationService
    assistants: AssistantService
    auxiliary: AuxiliaryService
    templates: TemplateService
    transcripts: TranscriptService
    attachments: Attachments
    sets: PassageSets
    retrieval: RetrievalService
    summaries: SummaryService
    models: ModelService
    library: LibraryService
    preferences: PreferenceService
    events: Events
    reading: Acts
    background: Acts
    answers: Acts
    attaching: Acts
