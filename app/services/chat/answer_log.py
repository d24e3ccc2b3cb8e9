"""An answer as the log knows it: how it ended and how long it took."""

from app import log
from app.domain.chat.conversation import Message


def log_answer(answer: Message) -> None:
    """Times and counts of tokens; nothing of the question, the answer or its sources."""
    times = answer.timings
    if times is None:
        log.event("answer", state=answer.state, sources=len(answer.sources))
        return
    log.event(
        "answer",
        state=answer.state,
        sources=len(answer.sources),
        retrieve_ms=times.retrieve_ms,
        first_token_ms=times.first_token_ms,
        total_ms=times.total_ms,
        prompt_tokens=times.prompt_tokens,
        generated_tokens=times.generated_tokens,
    )
