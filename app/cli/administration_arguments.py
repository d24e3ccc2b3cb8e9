"""The grammar of what administers a workspace: profiles, backups, log, policies, keys, figures."""

from pathlib import Path
from typing import Any

from app.cli.argument_types import Exact, day, figures, part, port, positive
from app.domain.access_keys import PORT
from app.domain.storage import CLEANABLE, StorageKind


def profile(commands: Any, common: Exact) -> None:
    profiles = commands.add_parser("profile", parents=[common], help="who may log in")
    acts = profiles.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create", parents=[common])
    create.add_argument("name", metavar="NAME")
    create.add_argument("--role", choices=["administrator", "editor", "reader"])
    create.add_argument(
        "--new-password-file", type=Path, metavar="FILE", help="the new profile's own password"
    )
    acts.add_parser("list", parents=[common], help="with --profile and its password proven")
    passwd = acts.add_parser("passwd", parents=[common])
    passwd.add_argument(
        "--new-password-file", type=Path, metavar="FILE", help="the password from now on"
    )
    passwd.add_argument(
        "--recovery-key-file", type=Path, metavar="FILE", help="in place of the forgotten password"
    )
    delete = acts.add_parser("delete", parents=[common])
    delete.add_argument("name", metavar="NAME")
    delete.add_argument(
        "--with-private", action="store_true", help="also collections that nobody else can open"
    )
    role = acts.add_parser("role", parents=[common], help="give a profile another role")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=["administrator", "editor", "reader"])
    acts.add_parser("recovery-key", parents=[common], help="another one for this profile")


def backups(commands: Any, common: Exact) -> None:
    backup = commands.add_parser("backup", parents=[common], help="encrypted, into a folder")
    acts = backup.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create", parents=[common], help="add a snapshot")
    create.add_argument("folder", type=Path, metavar="DIR", help="empty, or a backup already")
    create.add_argument("--full", action="store_true", help="read unchanged files again")
    create.add_argument("--with-models", action="store_true", help="imported models as well")
    create.add_argument(
        "--rotate", action="store_true", help="remove older snapshots (keeps 12 days, 10 weeks, "
        "9 months)",
    )  # fmt: skip
    for name in ("daily", "weekly", "monthly"):
        create.add_argument(f"--keep-{name}", type=positive, metavar="N", help="implies --rotate")
    for act, told in (("list", "its snapshots"), ("verify", "is every byte there, unchanged?")):
        acts.add_parser(act, parents=[common], help=told).add_argument(
            "folder", type=Path, metavar="DIR"
        )
    restore = commands.add_parser("restore", parents=[common], help="from a backup")
    restore.add_argument("folder", type=Path, metavar="DIR")
    restore.add_argument("--snapshot", metavar="ID", help="the latest unless given")
    restore.add_argument(
        "--former-password-file", type=Path, metavar="FILE",
        help="of the snapshot's day, where the password was changed since",
    )  # fmt: skip
    restore.add_argument("--dry-run", action="store_true", help="only tell what would be done")
    where = restore.add_mutually_exclusive_group()
    where.add_argument("--only", type=part, metavar="collection:NAME|profile:NAME|conversation:ID")
    where.add_argument("--to", type=Path, metavar="DATA_DIR", help="another, empty place")
    salvage = commands.add_parser(
        "salvage", parents=[common], help="out of a damaged data folder, what can still be read"
    )
    salvage.add_argument("folder", type=Path, metavar="DIR", help="empty or new; readable files")
    salvage.add_argument("--language", choices=["ru", "en"], help="of headings and dates")


def administration(commands: Any, common: Exact) -> None:
    audit = commands.add_parser("audit", parents=[common], help="who did what")
    acts = audit.add_subparsers(dest="act", required=True)
    acts.add_parser("verify", parents=[common], help="was anything changed or removed?")
    for name, told in (("list", "the audit log"), ("export", "as CSV or JSON lines")):
        shown = acts.add_parser(name, parents=[common], help=told)
        shown.add_argument("--containing", default="", metavar="TEXT")
        shown.add_argument("--last", type=positive, metavar="N")
        if name == "export":
            shown.add_argument("file", type=Path, metavar="FILE")
    policy = commands.add_parser("policy", parents=[common], help="what holds for everybody")
    acts = policy.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    decide = acts.add_parser("set", parents=[common])
    decide.add_argument("key", metavar="KEY")
    decide.add_argument("value", metavar="VALUE")
    storage = commands.add_parser("storage", parents=[common], help="what takes room")
    removable = [kind.value for kind in StorageKind if kind in CLEANABLE]
    storage.add_argument("--clean", choices=removable, help="remove what can go without a loss")


def interface(commands: Any, common: Exact) -> None:
    keys = commands.add_parser("keys", parents=[common], help="with which other programs ask")
    acts = keys.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create", parents=[common], help="shown once")
    create.add_argument("name", metavar="NAME")
    create.add_argument(
        "--scope", action="append", default=[], metavar="SCOPE",
        help="collection:NAME, assistant:NAME, act:search|ask|documents|models|embeddings|add; "
        "no act: all but add",
    )  # fmt: skip
    acts.add_parser("list", parents=[common])
    acts.add_parser("revoke", parents=[common]).add_argument("name", metavar="NAME")
    serve = commands.add_parser("serve", parents=[common], help="answer other programs")
    where = serve.add_mutually_exclusive_group()
    where.add_argument(
        "--port",
        type=port,
        default=PORT,
        metavar="N",
        help=f"of 127.0.0.1 ({PORT}; 0: any)",
    )
    where.add_argument("--socket", type=Path, metavar="PATH", help="a local socket instead")
    commands.add_parser("mcp", parents=[common], help="the library as tools, over stdio")


def statistics(commands: Any, common: Exact) -> None:
    parser = commands.add_parser("statistics", parents=[common], help="how it serves you")
    parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="this day and later")
    parser.add_argument("--assistant", metavar="NAME", help="only what this one answered")
    parser.add_argument("--out", type=figures, metavar="FILE", help="write them, as .xlsx or .csv")
