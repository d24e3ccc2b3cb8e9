"""Where the frozen program begins. A child process is this very file, begun anew."""

import multiprocessing
import sys
from pathlib import Path

#: The part with torch, which lies beside the program or not at all.
_training = Path(sys.executable).parent / "training"
if _training.is_dir():
    sys.path.append(str(_training))

multiprocessing.freeze_support()

from app.__main__ import main  # noqa: E402  a child has gone its own way by now

sys.exit(main())
