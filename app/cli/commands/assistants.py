"""larets assistants list"""

from collections.abc import Mapping

from app.cli.output import Output
from app.cli.session import Session
from app.domain.chat.assistants import Assistant


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        collections = {
            collection.id: collection.name for collection in services.library.collections()
        }
        adapters = {adapter.id: adapter.name for adapter in services.adapters.all()}
        rows = [_row(assistant, collections, adapters) for assistant in services.assistants.all()]
    lines = (f"{row['name']}  {row['tone']}  {_spoken(row['adapters'])}" for row in rows)
    output.result({"assistants": rows}, "\n".join(lines) or "No assistants.")


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
