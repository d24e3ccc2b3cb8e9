"""What a process that trains takes of the computer, and how it takes less."""

import os

#: Added to the process's niceness: the window goes first.
_NICE = 10


def be_modest() -> None:
    """The window goes first, and what libraries print goes nowhere."""
    import psutil

    psutil.Process().nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", _NICE))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def now(device: str) -> int:
    """Bytes that this process takes: of the graphics card where it computes there."""
    import psutil
    import torch

    if device == "cuda":
        return int(torch.cuda.memory_reserved())
    return int(psutil.Process().memory_info().rss)


def most(device: str) -> int:
    """The most that it took so far."""
    import psutil
    import torch

    if device == "cuda":
        return int(torch.cuda.max_memory_reserved())
    if psutil.WINDOWS:
        return int(getattr(psutil.Process().memory_info(), "peak_wset"))  # noqa: B009
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if psutil.MACOS else int(peak) * 1024
