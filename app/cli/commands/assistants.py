"""larets assistants list | create | templates | export | import | archive | unarchive | versions |
rollback; test, questions and compare are in `exams` and `blind`"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.cli.commands import blind, exams
from app.cli.output import Output
from app.cli.session import Session
from app.domain.chat.assistants import Assistant
from app.domain.chat.versions import (
    AssistantVersion,
    LineKind,
    changed_fields,
    compared_lines,
)
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    _ACTS[session.arguments.act](session, output)


def _list(session: Session, output: Output) -> None:
    with session.opened() as services:
        _tell(services, output, archived=session.arguments.archived)


def _create(session: Session, output: Output) -> None:
    arguments = session.arguments
    name, template = arguments.name, arguments.template
    with session.opened() as services:
        made = Assistant("", name)
        if template:
            language = output.wording.language
            found = services.assistants.template(language, template)
            made = replace(found.assistant, name=name)
        services.assistants.create(
            replace(made, model=arguments.model, strict=arguments.strict or made.strict)
        )
        _tell(services, output)


def _templates(session: Session, output: Output) -> None:
    with session.opened() as services:
        known = services.assistants.templates(output.wording.language)
    rows = [{"key": each.key, "name": each.assistant.name, "about": each.about} for each in known]
    lines = (f"{row['key']:12}{row['name']}: {row['about']}" for row in rows)
    output.result({"templates": rows}, "\n".join(lines))


def _export(session: Session, output: Output) -> None:
    file = session.arguments.file
    with session.opened() as services:
        assistant = services.assistants.named(session.arguments.name)
        services.assistant_files.export(assistant, file)
    output.result({"assistant": assistant.name, "file": str(file)}, f"{assistant.name} → {file}")


def _take_in(session: Session, output: Output) -> None:
    with session.opened() as services:
        taken = services.assistant_files.take_in(session.arguments.file)
    missing = {
        "missing_collections": list(taken.missing_collections),
        "missing_adapters": list(taken.missing_adapters),
    }
    lines = [taken.assistant.name]
    lines += [f"not here: {name}" for names in missing.values() for name in names]
    lines += [f"without a value: {{{name}}}" for name in taken.missing_values]
    missing["missing_values"] = list(taken.missing_values)
    output.result({"assistant": taken.assistant.name, **missing}, "\n".join(lines))


def _archive(session: Session, output: Output) -> None:
    with session.opened() as services:
        assistant = services.assistants.named(session.arguments.name)
        services.assistants.archive(assistant.id, away=session.arguments.act == "archive")
        _tell(services, output)


def _tell(services: Services, output: Output, *, archived: bool = False) -> None:
    known = services.assistants.archived() if archived else services.assistants.all()
    collections = {collection.id: collection.name for collection in services.library.collections()}
    adapters = {adapter.id: adapter.name for adapter in services.adapters.all()}
    rows = [_row(assistant, collections, adapters) for assistant in known]
    lines = (f"{row['name']}  {row['tone']}  {_spoken(row['adapters'])}" for row in rows)
    output.result({"assistants": rows}, "\n".join(lines) or "No assistants.")


def _versions(session: Session, output: Output) -> None:
    with session.opened() as services:
        assistant = services.assistants.named(session.arguments.name)
        _tell_versions(services.assistants.versions(assistant.id), assistant.name, output)


def _roll_back(session: Session, output: Output) -> None:
    with session.opened() as services:
        assistant = services.assistants.named(session.arguments.name)
        kept = services.assistants.roll_back(assistant, session.arguments.version)
        _tell_versions(services.assistants.versions(kept.id), kept.name, output)


def _tell_versions(versions: Sequence[AssistantVersion], name: str, output: Output) -> None:
    """The newest first, each with what differs from the one before it."""
    before = [*(each.assistant for each in versions[1:]), None]
    rows: list[dict[str, object]] = [
        {
            "version": each.number,
            "created": datetime.fromtimestamp(each.created, UTC).isoformat(timespec="seconds"),
            "by": each.by,
            "changed": [field.value for field in changed_fields(each.assistant, earlier)]
            if earlier
            else [],
            "instruction": each.assistant.instruction,
            "lines": [
                f"{_SIGNS[line.kind]}{line.text}"
                for line in compared_lines(earlier.instruction, each.assistant.instruction)
                if line.kind is not LineKind.KEPT
            ]
            if earlier
            else [],
        }
        for each, earlier in zip(versions, before, strict=True)
    ]
    output.result({"assistant": name, "versions": rows}, "\n".join(map(_version_line, rows)))


_SIGNS = {LineKind.KEPT: " ", LineKind.ADDED: "+", LineKind.REMOVED: "-"}


def _version_line(row: Mapping[str, object]) -> str:
    changed, lines = row["changed"], row["lines"]
    told = ", ".join(changed) if isinstance(changed, list) and changed else "as it was made"
    diff = [f"    {line}" for line in lines] if isinstance(lines, list) else []
    return "\n".join([f"{row['version']}  {row['created']}  {row['by']}  {told}", *diff])


def _row(
    assistant: Assistant, collections: Mapping[str, str], adapters: Mapping[str, str]
) -> dict[str, object]:
    """Collections and adapters by name, or by id where they are no longer here; no collections
    are all; `adapter` is the first of them."""
    speaking = [
        {"name": adapters.get(adapter.adapter, adapter.adapter), "strength": adapter.strength}
        for adapter in assistant.adapters
    ]
    first = speaking[0] if speaking else {"name": None, "strength": 1.0}
    return {
        "id": assistant.id,
        "name": assistant.name,
        "icon": assistant.icon,
        "tone": assistant.tone.value,
        "instruction": assistant.instruction,
        "variables": {each.name: each.value for each in assistant.variables},
        "language": assistant.language.value,
        "temperature": assistant.temperature,
        "max_tokens": assistant.max_tokens,
        "collections": [
            collections.get(collection, collection) for collection in assistant.collections
        ],
        "adapter": first["name"],
        "strength": first["strength"],
        "adapters": speaking,
    }


def _spoken(adapters: object) -> str:
    told = adapters if isinstance(adapters, list) else []
    return (
        ", ".join(f"{unknown['name']} ×{unknown['strength']}" for unknown in told) or "no adapter"
    )


_ACTS: Mapping[str, Callable[[Session, Output], None]] = {
    "list": _list,
    "create": _create,
    "templates": _templates,
    "export": _export,
    "import": _take_in,
    "archive": _archive,
    "unarchive": _archive,
    "test": exams.test,
    "questions": exams.questions,
    "compare": blind.compare,
    "versions": _versions,
    "rollback": _roll_back,
}
