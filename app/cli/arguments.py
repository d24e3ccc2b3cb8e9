"""The command line's grammar. Common options may stand before or after the command."""

import argparse
from pathlib import Path

from app.cli import administration_arguments as administration
from app.cli import department_arguments
from app.cli.argument_types import Exact, day, positive
from app.cli.assistant_arguments import assistants
from app.domain.repairs import Repairable
from app.domain.training.training import Preset

COMMANDS = (
    "profile", "models", "adapters", "assistants", "add", "documents", "collection", "folders",
    "search", "ask", "conversations", "summaries", "dataset", "train",
    "backup", "restore", "salvage", "audit", "policy", "storage", "statistics", "keys", "serve",
    "mcp", "department", "worker", "doctor", "bench",
)  # fmt: skip


def parser() -> Exact:
    common = _common(argparse.SUPPRESS)
    top = Exact(
        prog="larets",
        description="Ask your own documents, offline. Without a command the window opens.",
        parents=[_common(None)],
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    administration.profile(commands, common)
    _models(commands.add_parser("models", parents=[common], help="local models"), common)
    _adapters(commands.add_parser("adapters", parents=[common], help="LoRA adapters"), common)
    assistants(commands, common)
    add = commands.add_parser("add", parents=[common], help="add files and folders")
    add.add_argument(
        "paths", nargs="*", metavar="PATH",
        help="files, folders, database URLs; none: go on where a run was ended",
    )  # fmt: skip
    add.add_argument("--query", metavar="SQL", help="of a database, only what this finds")
    add.add_argument("--name", default="query", metavar="NAME", help="what its result is called")
    _documents(commands.add_parser("documents", parents=[common], help="the library"), common)
    _collections(commands.add_parser("collection", parents=[common], help="collections"), common)
    _folders(commands.add_parser("folders", parents=[common], help="watched folders"), common)
    search = commands.add_parser("search", parents=[common], help="find passages")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=positive, default=10, metavar="N")
    _scope(search)
    ask = commands.add_parser("ask", parents=[common], help="an answer with citations")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--conversation", metavar="ID")
    ask.add_argument("--assistant", metavar="NAME", help="who answers, from now on")
    ask.add_argument("--max-tokens", type=positive, metavar="N")
    _scope(ask)
    conversations = commands.add_parser("conversations", parents=[common], help="as files")
    _conversations(conversations, common)
    summaries = commands.add_parser("summaries", parents=[common], help="of conversations")
    _summaries(summaries, common)
    _train(commands.add_parser("train", parents=[common], help="an adapter from rows"))
    _dataset(commands.add_parser("dataset", parents=[common], help="rows to train from"), common)
    administration.backups(commands, common)
    administration.administration(commands, common)
    administration.interface(commands, common)
    administration.statistics(commands, common)
    department_arguments.department(commands, common)
    doctor = commands.add_parser("doctor", parents=[common], help="is everything well?")
    doctor.add_argument(
        "--acknowledge", action="store_true", help="take note of losses that are told"
    )
    doctor.add_argument(
        "--repair", action="append", default=[], choices=list(Repairable), metavar="CHECK",
        help=f"mend this first: {', '.join(Repairable)}",
    )  # fmt: skip
    doctor.add_argument("--bundle", type=Path, metavar="FILE", help="write a report, as a ZIP file")
    _bench(commands.add_parser("bench", parents=[common], help="measure"), common)
    return top


def _common(absent: object) -> Exact:
    """With SUPPRESS a subcommand's silence does not overwrite what stood before it."""
    options = Exact(add_help=False, argument_default=absent)
    options.add_argument("--data-dir", type=Path, metavar="DIR", help="the data folder")
    options.add_argument("--profile", metavar="NAME")
    options.add_argument("--password-file", type=Path, metavar="FILE")
    options.add_argument("--collection", metavar="NAME")
    flag = argparse.SUPPRESS if absent is argparse.SUPPRESS else False
    options.add_argument("--json", action="store_true", default=flag, help="one JSON object")
    options.add_argument("--debug", action="store_true", default=flag, help="show tracebacks")
    return options


def _scope(parser: Exact) -> None:
    """What is searched; of one kind several may be given, any of which is enough."""
    for name, told in (
        ("--document", "only in this document (its id or name)"),
        ("--tag", "only in documents that have this tag"),
        ("--type", "only in files of this type, such as pdf"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="X", help=told)
    for name, told in (
        ("--since", "only files changed on this day or later"),
        ("--until", "only files changed on this day or before"),
    ):
        parser.add_argument(name, type=day, metavar="YYYY-MM-DD", help=told)


def _models(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    acts.add_parser("verify", parents=[common])
    add = acts.add_parser("add", parents=[common])
    add.add_argument("file", type=Path, metavar="FILE", help="a GGUF file or a model's folder")
    add.add_argument("--reference", action="store_true", help="leave it where it is")
    served = acts.add_parser(
        "add-server", parents=[common], help="a model on servers of the department"
    )
    served.add_argument("name", metavar="NAME", help="as people here call it")
    served.add_argument("urls", nargs="+", metavar="URL", help="https://HOST:PORT/v1")
    served.add_argument("--model", required=True, metavar="ID", help="its name there")
    served.add_argument("--key-file", type=Path, metavar="FILE", help="the key that they want")
    served.add_argument("--root", type=Path, metavar="FILE", help="the authority to trust, PEM")
    for act in ("use", "remove"):
        acts.add_parser(act, parents=[common]).add_argument("name", metavar="NAME")


def _adapters(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    off = acts.add_parser("off", parents=[common], help="the base model alone")
    use = acts.add_parser("use", parents=[common])
    use.add_argument("name", metavar="NAME")
    for exact in (off, use):
        exact.add_argument("--assistant", default="", metavar="A", help="for this assistant alone")
    use.add_argument("--scale", type=float, default=1.0, metavar="S", help="0 to 2, 1 as trained")
    acts.add_parser("remove", parents=[common]).add_argument("name", metavar="NAME")
    add = acts.add_parser("import", parents=[common])
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--name", default="", metavar="NAME")
    add.add_argument(
        "--accept-signer", action="store_true", help="know whoever signed it from now on"
    )
    export = acts.add_parser("export", parents=[common], help="signed, with its report")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--plain", action="store_true", help="the bare GGUF weights")


def _documents(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    acts.add_parser("reindex", parents=[common])
    acts.add_parser("remove", parents=[common]).add_argument("ids", nargs="+", metavar="ID")
    move = acts.add_parser("move", parents=[common], help="into another collection")
    move.add_argument("ids", nargs="+", metavar="ID")
    move.add_argument("--to", required=True, metavar="COLLECTION")
    tag = acts.add_parser("tag", parents=[common], help="mark documents, to search among them")
    tag.add_argument("ids", nargs="+", metavar="ID")
    tag.add_argument("--add", action="append", default=[], metavar="TAG")
    tag.add_argument("--remove", action="append", default=[], metavar="TAG")
    export = acts.add_parser("export", parents=[common])
    export.add_argument("id", metavar="ID")
    export.add_argument("file", type=Path, metavar="FILE")


def _collections(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    create = acts.add_parser("create", parents=[common])
    create.add_argument("name", metavar="NAME")
    create.add_argument("--private", action="store_true", help="for those it is shared with")
    acts.add_parser("delete", parents=[common]).add_argument("name", metavar="NAME")
    for act in ("share", "unshare"):
        right = acts.add_parser(act, parents=[common])
        right.add_argument("name", metavar="NAME")
        right.add_argument("reader", metavar="PROFILE")
        if act == "share":
            right.add_argument("--may", choices=["read", "add"], default="read")
    export = acts.add_parser("export", parents=[common], help="one encrypted, signed file")
    export.add_argument("name", metavar="NAME")
    take_in = acts.add_parser("import", parents=[common], help="nothing is embedded again")
    take_in.add_argument("--name", dest="new_name", default="", metavar="NAME")
    take_in.add_argument(
        "--expect", default="", metavar="FINGERPRINT", help="refuse what another key signed"
    )
    for exact in (export, take_in):
        exact.add_argument("file", type=Path, metavar="FILE", help="ends in .larets")
        exact.add_argument("--passphrase-file", type=Path, required=True, metavar="FILE")
    rename = acts.add_parser("rename", parents=[common])
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("new", metavar="NEW")


def _folders(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    acts.add_parser("scan", parents=[common], help="look at all of them now")
    watch = acts.add_parser("watch", parents=[common])
    watch.add_argument("folder", type=Path, metavar="DIR")
    for name in ("--include", "--exclude"):
        watch.add_argument(name, action="append", default=[], metavar="PATTERN")
    watch.add_argument(
        "--removal", choices=["ask", "remove", "keep"], default="ask", help="of deleted files"
    )
    unwatch = acts.add_parser("unwatch", parents=[common])
    unwatch.add_argument("folder", type=Path, metavar="DIR")


def _conversations(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    export = acts.add_parser("export", parents=[common])
    export.add_argument("id", metavar="ID")
    export.add_argument("file", type=Path, metavar="FILE", help="ends in .md .docx .pdf or .json")
    export.add_argument("--answer", type=positive, metavar="N", help="only the N-th answer")
    export.add_argument("--language", choices=["ru", "en"], help="of headings and dates")
    acts.add_parser("import", parents=[common]).add_argument("file", type=Path, metavar="FILE")


def _summaries(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common])
    write = acts.add_parser("write", parents=[common], help="those that wait for the model")
    write.add_argument("--conversation", metavar="ID", help="this one alone")
    export = acts.add_parser("export", parents=[common])
    export.add_argument("file", type=Path, metavar="FILE", help="ends in .md or .json")
    export.add_argument("--id", action="append", default=[], metavar="ID", help="none: all")
    export.add_argument("--language", choices=["ru", "en"], help="of headings and dates")


def _train(parser: Exact) -> None:
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--dataset", type=Path, metavar="FILE", help="JSONL, JSON, CSV or XLSX")
    given.add_argument("--resume", action="store_true", help="go on with a paused one")
    parser.add_argument("--name", required=True, metavar="NAME")
    presets = [preset.value for preset in Preset]
    parser.add_argument("--preset", choices=presets, default=Preset.BALANCED.value)
    parser.add_argument(
        "--no-answers", action="store_true", help="do not ask the held-out questions afterwards"
    )


def _dataset(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    build = acts.add_parser("build", parents=[common], help="write rows; goes on with a file")
    build.add_argument("--out", type=Path, required=True, metavar="FILE", help="JSON Lines")
    build.add_argument("--documents", nargs="+", default=[], metavar="ID", help="none: all")
    build.add_argument("--from-chats", action="store_true", help="liked and corrected answers")
    build.add_argument(
        "--rows", type=positive, default=100, metavar="N", help="in the file when it is done"
    )
    check = acts.add_parser("check", parents=[common], help="what a file of rows is like")
    check.add_argument("file", type=Path, metavar="FILE", help="JSONL, JSON, CSV, TSV, XLSX")


def _bench(parser: Exact, common: Exact) -> None:
    kinds = parser.add_subparsers(dest="act", required=True)
    answers = kinds.add_parser("answers", parents=[common], help="are questions answered rightly")
    answers.add_argument("file", type=Path, metavar="FILE")
    answers.add_argument(
        "--away", action="store_true", help="ask while the documents that answer are left out"
    )
    answers.add_argument("--limit", type=positive, metavar="N", help="only the first N")
    answers.add_argument(
        "--peers", action="store_true", help="ask other programs' ways with the same models too"
    )
    answers.add_argument("--rows", type=Path, metavar="FILE", help="write every answer, one a line")
    department_arguments.bench(kinds, common)
    generate = kinds.add_parser("generate", parents=[common])
    generate.add_argument("--model", metavar="NAME", help="another than the one in use")
    generate.add_argument("--tokens", type=positive, default=64, metavar="N")
    generate.add_argument("--stops", type=positive, default=50, metavar="N")
    index = kinds.add_parser("index", parents=[common], help="over synthetic passages")
    index.add_argument("--vectors", type=positive, default=20_000, metavar="N")
    index.add_argument("--dimensions", type=positive, default=384, metavar="N")
    ingest = kinds.add_parser("ingest", parents=[common], help="how fast files are read in")
    ingest.add_argument("path", type=Path, metavar="PATH")
    ingest.add_argument("--limit", type=positive, metavar="N", help="only the first N files")
    reading = kinds.add_parser("reading", parents=[common], help="beside independent readers")
    reading.add_argument("folder", type=Path, metavar="FOLDER")
    reading.add_argument("--rows", type=Path, metavar="FILE", help="write what each file misses")
    train = kinds.add_parser("train", parents=[common], help="beside a plain loop")
    train.add_argument("--model", metavar="NAME", help="another than the one in use")
    train.add_argument("--rows", type=positive, default=200, metavar="N")
    train.add_argument("--dataset", type=Path, metavar="FILE", help="rows instead of made-up ones")
    retrieval = kinds.add_parser("retrieval", parents=[common])
    retrieval.add_argument("file", type=Path, metavar="FILE")
    retrieval.add_argument("--limit", type=positive, metavar="N", help="only the first N")
    retrieval.add_argument(
        "--segments", type=Path, metavar="FILE", help="write what was found, one question a line"
    )
