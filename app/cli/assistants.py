"""larets assistants list"""

from collections.abc import Mapping

from app.cli.output import Output
from app.cli.session import Session
from app.domain.assistants import Assistant


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        collections = {each.id: each.name for each in services.library.collections()}
        adapters = {each.id: each.name for each in services.adapters.all()}
        rows = [_row(each, collections, adapters) for each in services.assistants.all()]
    lines = (f"{row['name']}  {row['tone']}  {row['adapter'] or 'no adapter'}" for row in rows)
    output.result({"assistants": rows}, "\n".join(lines) or "No assistants.")


def _row(
    assistant: Assistant, collections: Mapping[str, str], adapters: Mapping[str, str]
) -> dict[str, object]:
    """Collections and the adapter by name, or by id where they are not here any more; no
    collections are all."""
    adapter = assistant.adapter
    return {
        "id": assistant.id,
        "name": assistant.name,
        "icon": assistant.icon,
        "tone": assistant.tone.value,
        "instruction": assistant.instruction,
        "temperature": assistant.temperature,
        "max_tokens": assistant.max_tokens,
        "collections": [collections.get(each, each) for each in assistant.collections],
        "adapter": adapters.get(adapter, adapter) or None,
        "strength": assistant.strength,
    }
