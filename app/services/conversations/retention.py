"""Conversations older than an administrator lets anybody keep are deleted at an opening."""

import time
from collections.abc import Callable

from app import log
from app.domain.errors import StorageFull
from app.domain.policies import Policies, Policy
from app.services.conversations.service import ConversationService
from app.store.settings import SettingsStore

_DAY = 86_400.0
_SEEN = "retention-seen"


class Retention:
    """`record` writes an act and its subject into the log."""

    def __init__(
        self,
        conversations: ConversationService,
        settings: SettingsStore,
        policies: Callable[[], Policies],
        record: Callable[[str, str], None],
    ) -> None:
        self._conversations, self._settings = conversations, settings
        self._policies, self._record = policies, record

    def apply(self) -> int:
        """Delete what had run out already at the opening before this one; how many. A clock that is
        wrong for once therefore deletes nothing."""
        days = self._policies().number(Policy.RETENTION)
        try:
            return self._delete(days * _DAY) if days else 0
        except StorageFull as error:  # the next opening does it; nobody is kept out
            log.failure(error)
            return 0

    def _delete(self, seconds: float) -> int:
        now, seen = time.time(), self._settings.get(_SEEN, 0.0, float)
        self._settings.set(_SEEN, now)
        count = self._conversations.expire(min(seen, now) - seconds)
        if count:
            self._record("retention", str(count))
        return count
