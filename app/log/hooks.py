"""Python's three ways for an error that nobody caught: each ends in the log."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from app.log.records import failure

Show = Callable[[BaseException], None]


def catch(show: Show | None = None) -> None:
    """Log what surfaces on the main thread, on another one, or while an object is deleted.

    The first two are handed to `show` from the thread that they surfaced on; without it they are
    printed as Python does, as is the third always. Calling it again replaces `show`."""

    def on_main(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        failure(error.with_traceback(trace))
        if show:
            show(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def on_thread(happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is None:
            return
        failure(happened.exc_value)
        if show:
            show(happened.exc_value)
        else:
            threading.__excepthook__(happened)

    def on_deleting(happened: "sys.UnraisableHookArgs") -> None:
        if happened.exc_value is not None:
            failure(happened.exc_value)
        sys.__unraisablehook__(happened)

    sys.excepthook, threading.excepthook = on_main, on_thread
    sys.unraisablehook = on_deleting
