"""What commands print: text for people, or one JSON object; reasons go to standard error."""

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import LaretsError
from app.domain.library.reading import UnreadPart
from app.domain.losses import Loss
from app.domain.progress import NoControl, Progress
from app.services.wording import Sentence, Wording


@dataclass(frozen=True)
class Output:
    """Where results go. `as_json`: one object on standard output and nothing else there."""

    as_json: bool
    wording: Wording

    def result(self, values: Mapping[str, object], text: str) -> None:
        """Print `values` as JSON, or `text`."""
        print(_as_json(values) if self.as_json else text, flush=True)

    def note(self, text: str) -> None:
        """Progress and remarks."""
        print(text, file=sys.stderr, flush=True)

    def failure(self, error: BaseException) -> None:
        sentence = self.wording.of(error)
        code = error.code if isinstance(error, LaretsError) else "unexpected"
        if self.as_json:
            reason = {"code": code, "message": sentence.what, "hint": sentence.hint}
            print(_as_json({"error": reason}), flush=True)
        self.note(_line(sentence))

    def remark(self, error: BaseException) -> None:
        """What went wrong and does not end the command."""
        self.note(_line(self.wording.of(error)))

    def losses(self, losses: Sequence[Loss]) -> None:
        """What the workspace lost and nobody took note of yet."""
        for loss in losses:
            self.note(_line(self.wording.of_loss(loss)))

    def medium(self, path: Path) -> None:
        """The workspace is open for reading alone."""
        self.note(self.sentence("read-only-session", {"path": path}))

    def sentence(self, code: str, facts: Mapping[str, object]) -> str:
        return _line(self.wording.of_code(code, facts))

    def unread(self, part: UnreadPart) -> str:
        return _line(self.wording.of_unread(part))


class Tenths(NoControl):
    """Says on standard error where a long run is, once a tenth of it is done."""

    def __init__(self, output: Output) -> None:
        self._output, self._tenth = output, 0

    def report(self, progress: object) -> None:
        if isinstance(progress, Progress) and progress.total:
            tenth = progress.done * 10 // progress.total
            if tenth > self._tenth:
                self._tenth = tenth
                self._output.note(f"{tenth * 10} %")


def write_anything() -> None:
    """What a terminal's encoding lacks is written as its number, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def close_quietly() -> None:
    """Whoever read has gone, as `head` does: what is still to be written goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _as_json(values: Mapping[str, object]) -> str:
    """In letters where the output can have all of them, else in escapes: valid either way."""
    text = json.dumps(values, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(values)
    return text


def _line(sentence: Sentence) -> str:
    return f"{sentence.what} {sentence.hint}".strip()
