"""larets conversations list | export | import"""

from app.cli.commands.documents import moment
from app.cli.output import Output
from app.cli.session import Session
from app.domain.chat.conversation import Conversation, Speaker
from app.domain.errors import AnswerMissing
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    act = {"list": _list, "export": _export, "import": _import}[session.arguments.act]
    with session.opened() as services:
        values, text = act(session, output, services)
    output.result(values, text)


def _list(_: Session, __: Output, services: Services) -> tuple[dict[str, object], str]:
    rows = [_row(conversation) for conversation in services.conversations.all()]
    lines = [f"{row['id']}  {row['changed']}  {row['title']}" for row in rows]
    return {"conversations": rows}, "\n".join(lines) or "No conversations."


def _export(session: Session, output: Output, services: Services) -> tuple[dict[str, object], str]:
    arguments = session.arguments
    answer = _answer(services, arguments.id, arguments.answer) if arguments.answer else None
    language = arguments.language or output.wording.language
    services.transcripts.export(arguments.id, arguments.file, language, answer)
    values = {"conversation": arguments.id, "file": str(arguments.file)}
    return values, f"Written to {arguments.file}, readable by everybody who can open it."


def _import(session: Session, _: Output, services: Services) -> tuple[dict[str, object], str]:
    conversation = services.transcripts.import_file(session.arguments.file)
    return {"conversation": conversation}, f"Imported as {conversation}."


def _answer(services: Services, conversation: str, number: int) -> int:
    """The id of the answer that is the `number`-th, from 1. `AnswerMissing`."""
    messages = services.conversations.messages(conversation)
    answers = [message.id for message in messages if message.speaker == Speaker.ASSISTANT]
    if number > len(answers):
        raise AnswerMissing(name=conversation)
    return answers[number - 1]


def _row(conversation: Conversation) -> dict[str, object]:
    return {
        "id": conversation.id,
        "title": conversation.title,
        "created": moment(conversation.created),
        "changed": moment(conversation.changed),
    }
