"""The signals with which a system, a session or a terminal asks a program to end."""

import signal

#: Windows has no hang-up.
_NAMES = ("SIGTERM", "SIGHUP")


def asked() -> tuple[signal.Signals, ...]:
    """Those of this system that nobody has chosen to ignore (as nohup does)."""
    known = (getattr(signal, name) for name in _NAMES if hasattr(signal, name))
    return tuple(each for each in known if signal.getsignal(each) is not signal.SIG_IGN)


def as_interrupts() -> None:
    """From now on each is what Ctrl+C is: a KeyboardInterrupt on the main thread."""
    for each in asked():
        signal.signal(each, signal.default_int_handler)
