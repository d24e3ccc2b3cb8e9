"""A filter in the kernel: this process and all that it starts get local sockets and no others.

Python's audit hook sees what Python does; a library in C that opens a socket by itself is refused
here (seccomp, Linux on x86-64 and ARM64). The program is small enough to be written out, so no
libseccomp is needed on the computer. io_uring is refused too, since it opens sockets without the
call; calls by another architecture's numbers (32 bits, x32) would walk round the comparison and are
refused altogether. `EACCES` instead of an end of the process: a library that looks for a network
then goes on without.
"""

import ctypes
import errno
import platform
import socket
import sys
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
#: BPF: load a word, jump if equal, jump if greater or equal, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
#: Where struct seccomp_data has the number, the architecture, the low half of the first argument.
_NUMBER, _ARCHITECTURE, _FAMILY = 0, 4, 16
#: x86-64 has a second table of calls from here on (x32); other numbers are never as large.
_X32 = 0x40000000
_IO_URING_SETUP = 425
#: Types of sockets go up to 10 (SOCK_MAX in linux/net.h): the kernel answers EINVAL.
_NO_TYPE = 15


@dataclass(frozen=True)
class _Calls:
    """The kernel's mark of an architecture and its numbers of the calls."""

    architecture: int
    socket: int
    socketpair: int
    seccomp: int


_CALLS = {
    "x86_64": _Calls(0xC000003E, 41, 53, 317),
    "aarch64": _Calls(0xC00000B7, 198, 199, 277),
}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("then", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def refuse() -> bool:
    """Ask the kernel, for every thread there is and every process to come; whether it does so now.
    It cannot be taken back."""
    calls = _calls()
    if calls is None:
        return False
    if refused():
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    steps = _steps(calls)
    program = _Program(len(steps), steps)
    asked = map(ctypes.c_long, (calls.seccomp, _SET_MODE_FILTER, _ALL_THREADS))
    libc.syscall(*asked, ctypes.byref(program))
    return bool(refused())


def refused() -> bool | None:
    """Whether a socket is refused that a library asks for past Python; None where no system call
    can be filtered. What is asked for does not exist, so none is ever opened: a filter refuses it
    before the kernel finds that out."""
    if _calls() is None:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    libc.socket(int(socket.AF_INET), _NO_TYPE, 0)
    return ctypes.get_errno() == errno.EACCES


def _calls() -> _Calls | None:
    """None for a system without such a filter, and for 32 bits."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return None
    return _CALLS.get(platform.machine())


def _steps(calls: _Calls) -> "ctypes.Array[_Step]":
    """A jump counts the steps that it leaves out; the last three are what it leads to."""
    written = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 7, calls.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _X32),
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 1, 0, calls.socket),
        (_EQUAL, 0, 3, calls.socketpair),
        (_LOAD, 0, 0, _FAMILY),
        (_EQUAL, 1, 0, int(socket.AF_UNIX)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    return (_Step * len(written))(*(_Step(*each) for each in written))
