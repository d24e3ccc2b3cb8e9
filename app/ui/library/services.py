"""What the library reaches of an open profile."""

from dataclasses import dataclass

from app.services.conversations.service import ConversationService
from app.services.events import Events
from app.services.library.databases import DatabaseService
from app.services.library.relocating import Relocating
from app.services.library.service import LibraryService
from app.services.library.watching import WatchingService
from app.services.retrieval.service import RetrievalService
from app.services.transfers.collections import TransferService
from app.ui.acts import Acts


@dataclass(frozen=True)
class LibraryServices:
    """Lists load on `reading`, files are read on `indexing`, what takes long and touches neither
    runs on `background`."""

    library: LibraryService
    watching: WatchingService
    relocating: Relocating
    databases: DatabaseService
    transfers: TransferService
    retrieval: RetrievalService
    conversations: ConversationService
    events: Events
    reading: Acts
    indexing: Acts
    background: Acts
