"""What can go wrong around a conversation, a summary of it, or its file."""

from app.domain.errors.base import LaretsError


class ConversationError(LaretsError):
    """A conversation or who answers in it. `name`."""

    code = "conversation"


class ConversationMissing(ConversationError):
    """`name`: an id that no conversation has, or has no longer."""

    code = "conversation-missing"


class AssistantMissing(ConversationError):
    """`name`: a name that no assistant has, or has no longer."""

    code = "assistant-missing"


class TemplateMissing(ConversationError):
    """`name`: neither key nor name of an assistant to begin with; `known` are the keys."""

    code = "template-missing"


class NotAnAssistant(ConversationError):
    """`name`: a file that holds no assistant, or one of a newer version."""

    code = "not-an-assistant"


class PlacesWithoutValue(ConversationError):
    """`name`: the assistant's, `places` of its instruction that have no value, in braces."""

    code = "places-without-value"


class VersionMissing(ConversationError):
    """`name` of the assistant, `number`: a version that it never had, or has no longer."""

    code = "version-missing"


class ExamQuestionMissing(ConversationError):
    """`name`: the assistant's, `number`: a place in the list that no test question has."""

    code = "exam-question-missing"


class ExpectsNothing(ConversationError):
    """`name`: a test question that every answer would pass, or that is empty."""

    code = "expects-nothing"


class NoExamQuestions(ConversationError):
    """`name`: an assistant without test questions."""

    code = "no-exam-questions"


class NothingToCompare(ConversationError):
    """`name`: the assistant that both answers would come from, by the same model; "" for none."""

    code = "nothing-to-compare"


class TranscriptError(LaretsError):
    """`name`: the file's, or of a conversation its id."""

    code = "transcript"


class AnswerMissing(TranscriptError):
    code = "answer-missing"


class OtherExport(TranscriptError):
    """A suffix that no conversation is written with."""

    code = "other-export"


class DamagedTranscript(TranscriptError):
    """No conversation, or one that somebody changed."""

    code = "damaged-transcript"


class NewerTranscript(TranscriptError):
    """`found`: the version that it was written in."""

    code = "newer-transcript"


class TranscriptTooLarge(TranscriptError):
    """`limit`: in words that a user reads, such as "64 MB"."""

    code = "transcript-too-large"


class SummaryMissing(ConversationError):
    """`name`: an id that no summary has, or has no longer."""

    code = "summary-missing"
