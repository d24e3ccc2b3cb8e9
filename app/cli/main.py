"""Runs one command; whatever happens becomes an exit code: 0 done, 1 failed, 2 wrong usage."""

import importlib
import locale
import logging
import sys
import time
import traceback

from app import log, paths
from app.cli.arguments import parser
from app.cli.commands.doctor import Unwell
from app.cli.output import Output, close_quietly, write_anything
from app.cli.session import Session
from app.processes import endings
from app.services.reachable import explained
from app.services.session import Begin
from app.services.wording import Wording

#: Command → module and function, imported when its turn comes.
_RUNNERS = {
    "profile": ("commands.profile", "run"),
    "models": ("commands.models", "run"),
    "adapters": ("commands.adapters", "run"),
    "assistants": ("commands.assistants", "run"),
    "add": ("commands.documents", "add"),
    "documents": ("commands.documents", "run"),
    "collection": ("commands.collections", "run"),
    "folders": ("commands.collections", "folders"),
    "search": ("commands.ask", "search"),
    "ask": ("commands.ask", "ask"),
    "conversations": ("commands.conversations", "run"),
    "summaries": ("commands.summaries", "run"),
    "train": ("commands.train", "run"),
    "dataset": ("commands.dataset", "run"),
    "backup": ("commands.backups", "run"),
    "restore": ("commands.backups", "restore"),
    "salvage": ("commands.salvage", "run"),
    "audit": ("commands.administration", "audit"),
    "statistics": ("commands.statistics", "run"),
    "policy": ("commands.administration", "policy"),
    "storage": ("commands.administration", "storage"),
    "keys": ("commands.interface", "keys"),
    "serve": ("commands.interface", "serve"),
    "mcp": ("commands.interface", "mcp"),
    "department": ("commands.department", "run"),
    "worker": ("commands.department", "worker"),
    "doctor": ("commands.doctor", "run"),
    "bench": ("bench", "run"),
}


def main(arguments: list[str], begin: Begin) -> int:
    """Parse and run in a workspace that `begin` opens; the exit code."""
    parsed = parser().parse_args(arguments)
    if parsed.command is None:
        parser().print_usage(sys.stderr)
        return 2
    endings.as_interrupts()
    write_anything()
    wording = Wording(paths.find().resources, _language())
    output = Output(parsed.json, wording)
    session = Session(parsed, begin, output.losses, output.remark, output.medium)
    return _run(session, output)


def _run(session: Session, output: Output) -> int:
    module, function = _RUNNERS[session.arguments.command]
    began = time.monotonic()
    data = paths.find(session.arguments.data_dir).data
    was_there = data.is_dir()
    logging.disable(logging.WARNING)
    try:
        runner = getattr(importlib.import_module(f"app.cli.{module}"), function)
        runner(session, output)
    except KeyboardInterrupt:
        output.note("Stopped; what was finished is safe.")
        return 1
    except Unwell:
        return 1
    except BrokenPipeError:
        close_quietly()
        return 1
    except Exception as error:  # noqa: BLE001  the last line of defence: a sentence, no traceback
        if session.arguments.debug:
            traceback.print_exc()
        log.failure(error)
        output.failure(explained(error, data) if was_there else error)
        return 1
    finally:
        name = log.Code(session.arguments.command)
        log.event("command", name=name, seconds=time.monotonic() - began)
    return 0


def _language() -> str:
    """Russian where the system speaks it, else English."""
    try:
        return "ru" if (locale.getlocale()[0] or "").lower().startswith(("ru", "russian")) else "en"
    except ValueError:
        return "en"
