"""larets department init | join | upgrade | status | invite | dismiss | share | create | send |
fetch | leave;
larets worker"""

from app.cli.output import Output, Tenths
from app.cli.session import Session, password
from app.domain.department import DepartmentStatus
from app.domain.library.documents import Document
from app.domain.progress import NoControl
from app.services.department.moving import Moved
from app.services.session import Services

#: Acts on the department's collections.
_COLLECTIONS = ("create", "delete", "share", "unshare", "send", "fetch")


def run(session: Session, output: Output) -> None:
    act = session.arguments.act
    with session.opened(connects=False) as services:
        if act in _COLLECTIONS:
            services.department.collections.connect()
        if act in ("send", "fetch"):
            _move(session, services, output)
        elif act == "invite":
            _invite(session, services, output)
        elif act == "dismiss":
            _dismiss(session, services, output)
        elif act in ("share", "unshare"):
            _share(session, services, output)
        elif act == "upgrade":
            services.department.membership.upgrade(session.arguments.url, _server_password(session))
            output.result({"upgraded": True}, "The department's tables are of this version.")
        elif act == "leave":
            services.department.membership.leave()
            output.result({"left": True}, "This profile belongs to no department any more.")
        else:
            _status(session, services, output)


def _status(session: Session, services: Services, output: Output) -> None:
    arguments, department = session.arguments, services.department
    if arguments.act == "init":
        found = department.membership.found(arguments.url, _server_password(session))
    elif arguments.act == "join":
        found = department.membership.join(arguments.url, _server_password(session))
    else:
        if arguments.act == "create":
            department.collections.create(arguments.name, words=not arguments.no_words)
        elif arguments.act == "delete":
            department.collections.delete(arguments.name)
        found = department.membership.status()
    output.result(_told(found), _lines(found))


def _server_password(session: Session) -> str:
    file = session.arguments.server_password_file
    return password(file) if file else ""


def _told(found: DepartmentStatus) -> dict[str, object]:
    return {
        "server": found.server,
        "version": found.version,
        "schema": found.schema,
        "you": {"name": found.person.name, "fingerprint": found.person.fingerprint},
        "people": [
            {
                "name": each.name,
                "role": each.role,
                "fingerprint": each.fingerprint,
                "administrator": each.administrator,
            }
            for each in found.people
        ],
        "collections": [
            {
                "name": each.name,
                "id": each.id,
                "documents": each.documents,
                "passages": each.passages,
                "model": each.model,
                "words": each.words,
                "adds": each.adds,
                "manages": each.manages,
            }
            for each in found.collections
        ],
        "queue": {
            "waiting": found.queue.waiting,
            "reading": found.queue.reading,
            "failed": found.queue.failed,
        },
        "workers": found.workers,
        "bytes": found.size,
    }


def _lines(found: DepartmentStatus) -> str:
    lines = [
        f"{found.server}: {found.version}, {found.size / 1e6:.0f} MB",
        f"You are {found.person.name}, fingerprint {found.person.fingerprint}.",
        f"{found.queue.waiting} documents wait, {found.queue.reading} are being read, "
        f"{found.queue.failed} could not be read; {found.workers} workers.",
    ]
    for each in found.collections:
        may = "manages" if each.manages else "adds" if each.adds else "reads"
        lines.append(f"{each.documents:>8} documents  {may:<8} {each.name}")
    if found.queue.waiting and not found.workers:
        lines.append("Nobody reads what waits: start “larets worker” on some computer.")
    return "\n".join(lines)


def _dismiss(session: Session, services: Services, output: Output) -> None:
    person, dropped = services.department.rights.dismiss(session.arguments.name)
    told = f"“{person.name}” has no rights in the department any more."
    if not dropped:
        told += f" The role {person.role} is left: who made it drops it, or a superuser."
    values = {"name": person.name, "role": person.role, "role_dropped": dropped}
    output.result(values, told)


def _invite(session: Session, services: Services, output: Output) -> None:
    address, made = services.department.membership.invite(session.arguments.name)
    url = f"postgresql://{made.role}@{address.host}:{address.port}/{address.database}"
    if address.socket:
        url = f"postgresql://{made.role}@/{address.database}?host={address.socket}"
    values: dict[str, object] = {"url": url, "role": made.role, "password": made.password}
    told = (
        f"{url}\npassword: {made.password}\n"
        "Hand over both on different ways; the other side runs “larets department join URL "
        "--server-password-file FILE”."
    )
    output.result(values, told)


def _share(session: Session, services: Services, output: Output) -> None:
    arguments, rights = session.arguments, services.department.rights
    if arguments.act == "unshare":
        rights.unshare(arguments.name, arguments.person)
    else:
        rights.share(
            arguments.name,
            arguments.person,
            arguments.fingerprint,
            adds=arguments.may == "add",
            manages=arguments.may == "manage",
        )
    rows = [
        {
            "name": each.person.name,
            "may": "manage" if each.manages else "add" if each.adds else "read",
        }
        for each in rights.of(arguments.name)
    ]
    lines = [f"{row['may']:<7} {row['name']}" for row in rows]
    output.result({"collection": arguments.name, "people": rows}, "\n".join(lines))


def _move(session: Session, services: Services, output: Output) -> None:
    arguments, moving = session.arguments, services.department.moving
    name = arguments.new_name or arguments.name
    if arguments.act == "send":
        local = services.library.collection_named(arguments.name)
        words = not arguments.no_words
        done = moving.to_department(local, name, Tenths(output), words=words)
    else:
        far = services.department.collections.one(arguments.name)
        done = moving.to_workspace(far.id, name, Tenths(output))
    output.result(_moved(done), _moved_line(done))


def _moved(done: Moved) -> dict[str, object]:
    return {
        "collection": done.collection.name,
        "documents": done.documents,
        "passages": done.passages,
        "left_out": done.left_out,
    }


def _moved_line(done: Moved) -> str:
    told = f"{done.documents} documents, {done.passages} passages → {done.collection.name}"
    if done.left_out:
        told += f"\n{done.left_out} documents were left out: not read yet, or there already."
    return told


def worker(session: Session, output: Output) -> None:
    """Until it is asked to stop, which is no failure."""
    arguments = session.arguments

    def tell(collection: str, document: Document) -> None:
        state = f"not read ({document.error})" if document.error else "read"
        output.note(f"{collection}: {document.name}: {state}")

    with session.opened(embeds=True, connects=False) as services:
        membership = services.department.membership
        if not membership.serves(arguments.url):
            membership.join(arguments.url, _server_password(session))
        services.department.collections.connect()
        found = membership.status()
        output.result(_told(found), f"Working for {found.server}.")
        try:
            done = services.department.worker.run(
                NoControl(), tell, until_empty=arguments.until_empty, metrics=arguments.metrics
            )
            output.note(f"{done.indexed} documents read, {done.failed} could not be read.")
        except KeyboardInterrupt:
            output.note("Stopped; what was being read waits for another worker.")
