"""The grammar of `larets assistants`."""

from pathlib import Path
from typing import Any

from app.cli.argument_types import Exact, positive


def assistants(commands: Any, common: Exact) -> None:
    parser = commands.add_parser("assistants", parents=[common], help="who can answer")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", parents=[common]).add_argument(
        "--archived", action="store_true", help="those that were put away"
    )
    create = acts.add_parser("create", parents=[common])
    create.add_argument("name", metavar="NAME")
    create.add_argument("--template", metavar="T", help="see `assistants templates`")
    create.add_argument("--model", default="", metavar="NAME", help="not the one in use")
    create.add_argument("--strict", action="store_true", help="only what documents confirm")
    acts.add_parser("templates", parents=[common], help="assistants to begin with")
    export = acts.add_parser("export", parents=[common], help="one JSON file")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE")
    acts.add_parser("import", parents=[common]).add_argument("file", type=Path, metavar="FILE")
    for act, told in (("archive", "out of the choice, kept"), ("unarchive", "back in it")):
        put = acts.add_parser(act, parents=[common], help=told)
        put.add_argument("name", metavar="NAME")
    _questions(acts.add_parser("questions", parents=[common], help="to test one with"), common)
    test = acts.add_parser("test", parents=[common], help="have its test questions answered")
    test.add_argument("name", metavar="NAME")
    test.add_argument("--questions", type=Path, metavar="FILE", help="these instead of its own")
    beside = test.add_mutually_exclusive_group()
    beside.add_argument("--compare", action="store_true", help="with the last run")
    beside.add_argument("--against", metavar="OTHER", help="another assistant, side by side")
    beside.add_argument(
        "--against-version", type=positive, metavar="N", help="what it was, side by side"
    )
    blind = acts.add_parser("compare", parents=[common], help="what was preferred without names")
    blind.add_argument("--reset", action="store_true", help="count anew from now on")
    acts.add_parser("versions", parents=[common]).add_argument("name", metavar="NAME")
    back = acts.add_parser("rollback", parents=[common], help="make it what it was")
    back.add_argument("name", metavar="NAME")
    back.add_argument("--version", type=positive, required=True, metavar="N")


def _questions(parser: Exact, common: Exact) -> None:
    acts = parser.add_subparsers(dest="of_questions", required=True)
    for act in ("list", "add", "remove", "import"):
        exact = acts.add_parser(act, parents=[common])
        exact.add_argument("name", metavar="NAME")
        if act == "add":
            exact.add_argument("question", metavar="QUESTION")
            exact.add_argument("--answer", default="", metavar="WORDS", help="all of them expected")
            exact.add_argument("--document", default="", metavar="NAME", help="to be cited")
            exact.add_argument("--page", type=positive, action="append", default=[], metavar="N")
            exact.add_argument(
                "--abstain", action="store_true", help="the documents do not answer it"
            )
        elif act == "remove":
            exact.add_argument("number", type=positive, metavar="N", help="as `list` numbers them")
        elif act == "import":
            exact.add_argument("file", type=Path, metavar="FILE", help="a JSON list")
