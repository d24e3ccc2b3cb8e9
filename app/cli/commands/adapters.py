"""larets adapters list | use | off | remove | import | export"""

from dataclasses import replace

from app.cli.output import Output
from app.cli.session import Session
from app.domain.chat.assistants import AdapterStrength
from app.domain.errors import OtherBaseModel
from app.domain.models.adapter_files import Trust, fingerprint
from app.domain.models.adapters import Adapter
from app.domain.models.model import ModelKind
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        _act(session, services, output)
        known = services.models.all()
        bases = {model.sha256: model.name for model in known if model.kind == ModelKind.CHAT}
        rows = [_row(adapter, bases, services) for adapter in services.adapters.all()]
    output.result({"adapters": rows}, "\n".join(_line(row) for row in rows) or "No adapters.")


def _act(session: Session, services: Services, output: Output) -> None:
    arguments, adapters = session.arguments, services.adapters
    if arguments.act == "use" and arguments.assistant:
        _lend(services, arguments.assistant, arguments.name, arguments.scale)
    elif arguments.act == "use":
        adapters.use(arguments.name, arguments.scale)
    elif arguments.act == "off" and arguments.assistant:
        assistant = services.assistants.named(arguments.assistant)
        services.assistants.change(replace(assistant, adapters=()))
    elif arguments.act == "off":
        adapters.off()
    elif arguments.act == "remove":
        _remove(services, arguments.name)
    elif arguments.act == "import":
        _take(session, services, output)
    elif arguments.act == "export" and arguments.plain:
        adapters.export(arguments.name, arguments.file)
    elif arguments.act == "export":
        services.packages.export(arguments.name, arguments.file)


def _lend(services: Services, assistant: str, name: str, scale: float) -> None:
    """Let one assistant speak with it, and with no other."""
    adapter, found = services.adapters.named(name), services.assistants.named(assistant)
    if adapter.base != services.adapters.base().sha256:
        raise OtherBaseModel(name=name)
    lent = (AdapterStrength(adapter.id, scale),)
    services.assistants.change(replace(found, adapters=lent))


def _remove(services: Services, name: str) -> None:
    """With its training's rows and checkpoints where it was trained here."""
    adapter = services.adapters.named(name)
    for training in services.training.all():
        if training.adapter == adapter.id:
            services.training.remove(training.id)
            return
    services.adapters.remove(name)


def _take(session: Session, services: Services, output: Output) -> None:
    arguments, packages = session.arguments, services.packages
    found = packages.look(arguments.file)
    packages.take(arguments.file, arguments.name, found.signer if arguments.accept_signer else "")
    if found.trust == Trust.UNSIGNED:
        output.note("This file is not signed: nobody can tell where it comes from.")
    elif found.manifest:
        told = {Trust.OWN: "this workspace", Trust.KNOWN: "a known signer"}
        signer = told.get(found.trust, "a signer that is known from now on")
        output.note(f"Signed by {signer}: {fingerprint(found.signer)}")


def _row(adapter: Adapter, bases: dict[str, str], services: Services) -> dict[str, object]:
    """`base_model` is None when the model that it belongs to is not here; `gain` is the share by
    which the held-out loss fell, None without a report."""
    card = services.packages.card(adapter)
    return {
        "name": adapter.name,
        "base": adapter.base,
        "base_model": bases.get(adapter.base),
        "size": adapter.size,
        "scale": adapter.scale,
        "in_use": bool(adapter.scale),
        "lineage": adapter.lineage,
        "version": adapter.version,
        "signer": fingerprint(adapter.signer) if adapter.signer else None,
        "trust": services.packages.trust(adapter).value,
        "gain": card.report.gain if card.report else None,
    }


def _line(row: dict[str, object]) -> str:
    used, base = "*" if row["in_use"] else " ", row["base_model"] or "base model missing"
    gain = row["gain"]
    parts = [f"{used} {row['name']}", f"×{row['scale']}", str(base), f"version {row['version']}"]
    parts += [f"held-out loss {-100 * gain:+.0f} %"] if isinstance(gain, float) else []
    parts.append(f"{row['trust']} {row['signer'] or ''}".strip())
    return "  ".join(parts)
