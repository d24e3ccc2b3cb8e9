"""larets keys create | list | revoke; larets serve; larets mcp"""

from collections.abc import Iterator
from contextlib import contextmanager

from app import paths
from app.cli.commands.documents import moment
from app.cli.output import Output
from app.cli.session import Session
from app.domain.access_keys import LOOPBACK, AccessKey
from app.domain.errors import DoorAtWindow, WorkspaceInUse
from app.interface import server
from app.interface.http.listener import Address
from app.services.session import Services


def keys(session: Session, output: Output) -> None:
    arguments = session.arguments
    with session.opened() as services:
        service = services.interface.keys
        if arguments.act == "create":
            made = service.create(arguments.name, arguments.scope)
            values: dict[str, object] = {"name": made.key.name, "key": made.secret}
            output.note("It is shown this once; Larets keeps no copy.")
            output.result(values, made.secret)
            return
        if arguments.act == "revoke":
            service.revoke(arguments.name)
        rows = [_row(each) for each in service.all()]
    output.result({"keys": rows}, "\n".join(map(_line, service.all())) or "No keys.")


def _row(key: AccessKey) -> dict[str, object]:
    return {
        "name": key.name,
        "acts": list(key.acts),
        "collections": list(key.collections),
        "assistants": list(key.assistants),
        "created": moment(key.created),
        "used": key.used and moment(key.used),
        "revoked": key.revoked and moment(key.revoked),
    }


def _line(key: AccessKey) -> str:
    state = f"revoked {moment(key.revoked)}" if key.revoked else ", ".join(key.acts)
    return f"{key.name:<20} {moment(key.created)}  {state}"


@contextmanager
def _opened(session: Session) -> Iterator[Services]:
    """What an open window can do as well. `DoorAtWindow`, and as Session.opened."""
    try:
        with session.opened(embeds=True) as services:
            yield services
    except WorkspaceInUse as error:
        raise DoorAtWindow(**error.facts) from error


def serve(session: Session, output: Output) -> None:
    """Until it is asked to stop, which is no failure."""
    arguments = session.arguments
    address = Address(arguments.port, str(arguments.socket.absolute()) if arguments.socket else "")

    def ready(port: int) -> None:
        values: dict[str, object] = {"socket": address.socket}
        if port:
            values = {"url": f"http://{LOOPBACK}:{port}"}
        output.result(values, str(*values.values()))

    with _opened(session) as services:
        words = (paths.find().resources, output.wording.language)
        workers = services.answers, services.indexing, services.background
        try:
            server.serve(services.interface, workers, address, output.wording, words, ready)
        except KeyboardInterrupt:
            output.note("Stopped.")


def mcp(session: Session, output: Output) -> None:
    """Until the other program hangs up. Standard output belongs to the protocol alone."""
    from app.interface import tools
    from app.interface.own_reads import OwnReads

    with _opened(session) as services:
        tools.server(OwnReads(services.interface, output.wording, services.answers)).run()
