"""What other programs may do, built from what the window does it with."""

from app.services.interface.acts import InterfaceService
from app.services.interface.keys import AccessKeyService
from app.store.settings import SettingsStore
from app.wiring.base import Base
from app.wiring.chat import ChatParts
from app.wiring.library import LibraryParts
from app.wiring.models import Models


def build_interface(
    base: Base, parts: Models, library: LibraryParts, chat: ChatParts
) -> InterfaceService:
    unlocked, access = base.unlocked, base.access
    keys = AccessKeyService(
        SettingsStore(unlocked.database), access, library.collections, chat.assistants, base.record
    )
    return InterfaceService(
        keys, access, chat.chat, library.retrieval, library.library, chat.assistants, parts.models,
        unlocked.opened(),
    )  # fmt: skip
