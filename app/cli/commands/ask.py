"""larets search | ask"""

import argparse
import sys
from dataclasses import asdict, replace

from app.cli.output import Output
from app.cli.scope import scope_of
from app.cli.session import Session
from app.domain.chat import citations
from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    Computed,
    Message,
    Quotation,
    QuotationFound,
)
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.interface.results import citations_of, hit, locator
from app.services.chat.context import AnswerRequest
from app.services.session import Services


def search(session: Session, output: Output) -> None:
    with session.opened(embeds=True) as services:
        scope = scope_of(session.arguments, services)
        found = services.retrieval.find(session.arguments.query, session.arguments.k, scope)
    hits = [hit(rank, segment) for rank, segment in enumerate(found.segments, start=1)]
    output.result(
        {"hits": hits, "milliseconds": round(found.milliseconds, 3)},
        "\n\n".join(f"{each['rank']}. {each['locator']}\n{each['text']}" for each in hits)
        or "Nothing found.",
    )


class _Streamed(NoControl):
    """Prints the answer while it is written."""

    def report(self, progress: object) -> None:
        if isinstance(progress, QuotationFound):
            print(f"{_quoted(progress.quotation)}\n", file=sys.stderr, flush=True)
        elif isinstance(progress, AnswerPiece):
            print(progress.text, end="", file=sys.stderr, flush=True)


def ask(session: Session, output: Output) -> None:
    control = NoControl() if output.as_json else _Streamed()
    with session.opened(embeds=True) as services:
        conversation = _conversation(session.arguments, services)
        request = AnswerRequest(
            scope_of(session.arguments, services),
            sampling=_sampling(session.arguments, services, conversation),
        )
        services.chat.restore_state(conversation, control)
        message = services.chat.answer(conversation, session.arguments.question, control, request)
        services.chat.export_state(conversation)
    if not output.as_json:
        print(file=sys.stderr)
    output.result(_answer(message, conversation), _text(message))


def _conversation(arguments: argparse.Namespace, services: Services) -> str:
    """The one asked for or a new one, with the assistant asked for. `AssistantMissing`,
    `ConversationMissing`."""
    named = arguments.assistant
    assistant = services.assistants.named(named).id if named else ""
    if not arguments.conversation:
        return services.conversations.begin(arguments.question, assistant)
    known = services.conversations.one(arguments.conversation).id
    if assistant:
        services.conversations.choose_assistant(known, assistant)
    return known


def _sampling(
    arguments: argparse.Namespace, services: Services, conversation: str
) -> Sampling | None:
    """The assistant's, but as long as asked for; None where no length was asked for."""
    if not arguments.max_tokens:
        return None
    assistant = services.assistants.get(services.conversations.one(conversation).assistant)
    temperature = assistant.temperature if assistant else Sampling().temperature
    return replace(Sampling(), temperature=temperature, max_tokens=arguments.max_tokens)


def _answer(message: Message, conversation: str) -> dict[str, object]:
    return {
        "answer": citations.marked(message.text, message.citations),
        "abstained": message.state == AnswerState.ABSTAINED,
        "citations": citations_of(message),
        "passages": [
            hit(rank, source.segment) | {"number": source.number}
            for rank, source in enumerate(message.sources, start=1)
            if source.segment.is_passage
        ],
        "computed": _computed(message.computed),
        "kind": message.kind.value,
        "confirmed": message.confirmed,
        "quote": {"text": message.quotation.text, "number": message.quotation.number}
        if message.quotation
        else None,
        "looked_at": asdict(message.looked_at) if message.looked_at else None,
        "conversation": conversation,
        "timings": {name: round(value, 3) for name, value in asdict(message.timings).items()}
        if message.timings
        else {},
    }


def _computed(computed: Computed | None) -> dict[str, object] | None:
    if computed is None:
        return None
    return {
        "query": computed.query,
        "columns": computed.columns,
        "rows": computed.rows,
        "cells": ", ".join(computed.cells),
        "sheet": computed.sheet,
        "document": computed.document,
    }


def _quoted(quotation: Quotation) -> str:
    """Apart from the answer: what the documents themselves say."""
    return f"From the documents: “{quotation.text}” [{quotation.number}]"


def _text(message: Message) -> str:
    lines = [_quoted(message.quotation), ""] if message.quotation else []
    if not message.quotation or message.text.strip() != message.quotation.text:
        lines += [citations.marked(message.text, message.citations), ""]
    for source in message.sources:
        lines.append(f"[{source.number}] {locator(source.segment)}")
    if message.computed:
        lines.append(f"Computed [{message.computed.number}]: {message.computed.query}")
    return "\n".join(lines)
