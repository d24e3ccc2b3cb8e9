"""larets profile create | list | passwd | delete | role | recovery-key"""

from app.cli.output import Output
from app.cli.session import Session, password
from app.domain.losses import LossKind
from app.domain.roles import Role


def run(session: Session, output: Output) -> None:
    acts = {
        "create": _create,
        "list": _list,
        "passwd": _passwd,
        "delete": _delete,
        "role": _role,
        "recovery-key": _recovery_key,
    }
    acts[session.arguments.act](session, output)


def _create(session: Session, output: Output) -> None:
    begun = session.start()
    role = Role(session.arguments.role or Role.ADMINISTRATOR)
    if not begun.profiles.names():
        secret = password(
            session.arguments.new_password_file or session.arguments.password_file, "New password: "
        )
        created = begun.profiles.create(session.arguments.name, secret, role)
    else:
        role = Role(session.arguments.role or Role.EDITOR)
        # Without a file of its own a new profile starts with the password that was given.
        file = session.arguments.new_password_file or session.arguments.password_file
        with session.opened() as services:
            secret = password(file, "New password: ")
            created = services.profiles.create(session.arguments.name, secret, role)
        if file and not session.arguments.new_password_file:
            output.note("It has the password that you gave; --new-password-file gives it another.")
    output.result(
        {
            "profile": created.name,
            "role": created.role.value,
            "recovery_key": created.recovery_key,
        },
        f"Profile {created.name} ({created.role.value}) created.\n"
        f"Recovery key, shown this once; print it and lock it away:\n{created.recovery_key}",
    )


def _list(session: Session, output: Output) -> None:
    """Nobody is asked for a password. Roles stand readable in the list of members; that it is the
    workspace's own, and not one that somebody put in its place, a profile proves that is named and
    opens."""
    begun, proven = session.start(), False
    if session.arguments.profile and session.arguments.password_file:
        with session.opened(begun) as services:
            losses = {loss.kind for loss in services.administration.losses.all()}
            proven = LossKind.OLDER_ROSTER not in losses
    found = begun.profiles.listed()
    rows = [{"profile": each.name, "role": each.role and each.role.value} for each in found]
    lines = [f"{row['profile']}  {row['role'] or 'role unknown'}" for row in rows]
    output.result({"profiles": rows, "proven": proven}, "\n".join(lines))


def _passwd(session: Session, output: Output) -> None:
    begun = session.start()
    name = session.profile_name(begun)
    if key_file := session.arguments.recovery_key_file:
        key = password(key_file)
        new = password(session.arguments.new_password_file, "New password: ")
        begun.profiles.recover(name, key, new)
        output.result({"profile": name}, f"{name} has a new password.")
        return
    old = password(session.arguments.password_file)
    services = begun.open(name, old, lambda call: call())
    try:  # what holds for everybody is read inside
        new = password(session.arguments.new_password_file, "New password: ")
        services.profiles.check_length(new)
    finally:
        services.close()
    begun.profiles.change_password(name, old, new)  # closed, so that the new keys come at once
    output.result({"profile": name}, f"The password of {name} was changed.")


def _delete(session: Session, output: Output) -> None:
    with session.opened() as services:
        with_private = session.arguments.with_private
        services.profiles.delete(session.arguments.name, with_private=with_private)
    output.result({"profile": session.arguments.name}, f"Profile {session.arguments.name} deleted.")


def _role(session: Session, output: Output) -> None:
    name, role = session.arguments.name, Role(session.arguments.role)
    with session.opened() as services:
        services.administration.members.change_role(name, role)
    output.result({"profile": name, "role": role.value}, f"{name} is {role.value} now.")


def _recovery_key(session: Session, output: Output) -> None:
    with session.opened() as services:
        name, key = services.name, services.profiles.new_recovery_key()
    output.result(
        {"profile": name, "recovery_key": key},
        f"Recovery key of {name}, shown this once; the one before opens nothing any more:\n{key}",
    )
