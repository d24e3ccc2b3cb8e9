"""What can go wrong around summaries: part of the branch ConversationError in errors.py."""

from app.domain.errors import ConversationError


class SummaryMissing(ConversationError):
    """`name`: the id that no summary has, or not any more."""

    code = "summary-missing"
