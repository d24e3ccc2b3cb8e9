"""The log of what happened: codes, classes, durations and places in the code, never a user's words.

It can be sent to a stranger because of what can be written at all: `event` takes numbers, truth
values, members of enumerations, classes and `Code`s, and writes "?" for everything else; `failure`
writes the classes of an error and the frames, never its message. Writing never fails: on a full or
read-only disk there is no log.
"""

from app.log.children import ChildStderr, send_stderr
from app.log.file import NAME, begin, end, folder
from app.log.hooks import catch
from app.log.native import native
from app.log.records import described, detail, event, failure, trouble
from app.log.values import Code, Fact, written

__all__ = [
    "NAME",
    "ChildStderr",
    "Code",
    "Fact",
    "begin",
    "catch",
    "described",
    "detail",
    "end",
    "event",
    "failure",
    "folder",
    "native",
    "send_stderr",
    "trouble",
    "written",
]
