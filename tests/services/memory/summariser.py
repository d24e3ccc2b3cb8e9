"""Writes the summaries that wait in the workspace given as argument, slowly, until it is killed.

`summariser.py WORKSPACE`: says "open" before it begins and "done" at the end.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.services.library.importer import PASSWORD

SAID = "Paid leave lasts 28 days and is approved by the head of the department."


def reply(turns: Sequence[object]) -> str:
    told = {"title": "Paid leave", "key": [{"turn": 1, "text": SAID}], "decisions": [], "open": []}
    return json.dumps(told)


def main(workspace: Path) -> None:
    from app import paths, wiring
    from app.domain.progress import NoControl
    from app.engines.fake import FakeChat, fake_engines
    from app.store import keys

    keys.calibrated = lambda installed=None: keys.KdfParameters()
    found = paths.Paths(workspace / "data", workspace / "kit", paths.find().resources)
    begun = wiring.start(found, fake_engines(FakeChat(reply, seconds=0.002)))
    services = begun.open("Anna", PASSWORD, lambda call: call())
    print("open", flush=True)  # noqa: T201  the parent reads it
    time.sleep(0.001)
    for conversation in services.summaries.waiting():
        services.summaries.write(conversation, NoControl())
    services.close()
    print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
