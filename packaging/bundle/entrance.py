"""Where the frozen program begins. A child process is this very file, begun anew."""

import multiprocessing
import sys

multiprocessing.freeze_support()

from app.__main__ import main  # noqa: E402  a child has gone its own way by now

sys.exit(main())
