"""larets profile create | list | passwd | delete"""

import argparse

from app.cli import session
from app.cli.output import Output
from app.domain.roles import Role


def run(arguments: argparse.Namespace, output: Output) -> None:
    {"create": _create, "list": _list, "passwd": _passwd, "delete": _delete}[arguments.act](
        arguments, output
    )


def _create(arguments: argparse.Namespace, output: Output) -> None:
    begun = session.start(arguments)
    role = Role(arguments.role or Role.ADMINISTRATOR)
    if not begun.profiles.names():
        secret = session.password(
            arguments.new_password_file or arguments.password_file, "New password: "
        )
        created = begun.profiles.create(arguments.name, secret, role)
    else:
        role = Role(arguments.role or Role.EDITOR)
        # Without a file of its own a new profile starts with the password that was given.
        file = arguments.new_password_file or arguments.password_file
        with session.opened(arguments) as services:
            secret = session.password(file, "New password: ")
            created = services.profiles.create(arguments.name, secret, role)
    output.result(
        {
            "profile": created.name,
            "role": created.role.value,
            "recovery_key": created.recovery_key,
        },
        f"Profile {created.name} ({created.role.value}) created.\n"
        f"Recovery key, shown this once; print it and lock it away:\n{created.recovery_key}",
    )


def _list(arguments: argparse.Namespace, output: Output) -> None:
    names = session.start(arguments).profiles.names()
    output.result({"profiles": [{"profile": name} for name in names]}, "\n".join(names))


def _passwd(arguments: argparse.Namespace, output: Output) -> None:
    begun = session.start(arguments)
    name = session.profile_name(arguments, begun)
    old = session.password(arguments.password_file)
    begun.profiles.change_password(
        name, old, session.password(arguments.new_password_file, "New password: ")
    )
    output.result({"profile": name}, f"The password of {name} was changed.")


def _delete(arguments: argparse.Namespace, output: Output) -> None:
    with session.opened(arguments) as services:
        services.profiles.delete(arguments.name)
    output.result({"profile": arguments.name}, f"Profile {arguments.name} deleted.")
