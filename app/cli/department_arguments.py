"""The grammar of what has to do with a department's server."""

from pathlib import Path
from typing import Any

from app.cli.argument_types import Exact, positive


def department(commands: Any, common: Exact) -> None:
    parser = commands.add_parser(
        "department", parents=[common], help="collections shared on a PostgreSQL server"
    )
    acts = parser.add_subparsers(dest="act", required=True)
    for name, told in (
        ("init", "found one; the address of a superuser, who is needed this once"),
        ("join", "enter one that was founded"),
        ("upgrade", "bring its tables to this version; the address of a superuser"),
    ):
        act = acts.add_parser(name, parents=[common], help=told)
        _address(act)
    acts.add_parser("status", parents=[common], help="collections, people, what waits")
    invite = acts.add_parser("invite", parents=[common], help="a role for somebody who is to join")
    invite.add_argument("name", metavar="NAME")
    dismiss = acts.add_parser("dismiss", parents=[common], help="take all rights from somebody")
    dismiss.add_argument("name", metavar="NAME")
    create = acts.add_parser("create", parents=[common], help="a collection on the server")
    create.add_argument("name", metavar="NAME")
    _words(create)
    acts.add_parser("delete", parents=[common], help="one that you manage").add_argument(
        "name", metavar="COLLECTION"
    )
    _sharing(acts, common)
    for name, told in (("send", "a local collection to the server"),
                       ("fetch", "one of the server into this workspace")):  # fmt: skip
        act = acts.add_parser(name, parents=[common], help=f"{told}; nothing is embedded again")
        act.add_argument("name", metavar="COLLECTION")
        act.add_argument("--as", dest="new_name", metavar="NAME", help="its name there")
        if name == "send":
            _words(act)
    acts.add_parser("leave", parents=[common], help="forget the server")
    working = commands.add_parser(
        "worker", parents=[common], help="reads what members added, until it is stopped"
    )
    _address(working)
    working.add_argument("--until-empty", action="store_true", help="end when nothing waits")
    working.add_argument(
        "--metrics",
        type=Path,
        metavar="FILE",
        help="figures for monitoring, as Prometheus reads",
    )


def bench(kinds: Any, common: Exact) -> None:
    parser = kinds.add_parser(
        "department", parents=[common], help="a department's server, in an empty database"
    )
    parser.add_argument("url", metavar="URL", help="of a superuser")
    parser.add_argument("--passages", type=positive, default=20_000, metavar="N")
    parser.add_argument("--dimensions", type=positive, default=384, metavar="N")
    parser.add_argument("--clients", type=positive, default=50, metavar="N")
    parser.add_argument("--files", type=positive, default=2000, metavar="N", help="in the queue")
    parser.add_argument("--workers", type=positive, default=8, metavar="N")


def _sharing(acts: Any, common: Exact) -> None:
    share = acts.add_parser("share", parents=[common], help="let somebody read a collection")
    unshare = acts.add_parser("unshare", parents=[common], help="take it away again")
    for act in (share, unshare):
        act.add_argument("name", metavar="COLLECTION")
        act.add_argument("person", metavar="NAME")
    share.add_argument("--may", choices=["read", "add", "manage"], default="read")
    share.add_argument(
        "--fingerprint", default="", metavar="TEXT",
        help="of the other's keys, as his own “department status” shows it; needed once",
    )  # fmt: skip


def _address(parser: Exact) -> None:
    parser.add_argument("url", metavar="URL", help="postgresql://USER@HOST:PORT/DATABASE")
    parser.add_argument(
        "--server-password-file", type=Path, metavar="FILE", help="of the address's role"
    )


def _words(parser: Exact) -> None:
    parser.add_argument(
        "--no-words", action="store_true", help="keep no index of words on the server"
    )
