"""Answers from a model file that another program cuts to nothing at the first word; in a process of
its own, which may be ended by it: python -m tests.engines.llama.cut_model FILE GUARD.

GUARD is "lease", "stamp" (as where no lease is given) or "none".
"""

import subprocess
import sys

from app.domain.chat.conversation import AnswerPiece
from app.domain.errors import ModelChanged
from app.domain.models.placement import Placement
from app.domain.settings import Sampling
from app.engines.llama import held_files
from app.engines.llama.chat_model import Llama
from app.engines.turns import Turn, TurnKind
from app.services.jobs import Job

_CUT = "import os, sys; os.truncate(sys.argv[1], 0)"


def main(path: str, guard: str) -> None:
    if guard != "lease":
        held_files._lease = lambda descriptor: False
    if guard == "none":
        held_files.HeldFiles.are_whole = True  # type: ignore[assignment,method-assign]
    model = Llama(path, Placement(context=2048, threads=1, repack=False))
    cutting: list[subprocess.Popen[bytes]] = []

    def hear(value: object) -> None:
        if isinstance(value, AnswerPiece) and not cutting:
            cutting.append(subprocess.Popen([sys.executable, "-c", _CUT, path]))
            if guard != "lease":  # then it waits for us
                cutting[0].wait()

    sampling = Sampling(temperature=0, max_tokens=1900, repeat_penalty=1.0)
    asked = [Turn(TurnKind.USER, "Tell a story.")]
    try:
        while True:
            model.stream(asked, sampling, Job("", hear))
            model.cache.clear()
    except ModelChanged:
        sys.stdout.write(f"refused {model.is_whole} {cutting[0].wait()}")
    model.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
