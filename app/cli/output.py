"""What commands print: text for people, or one JSON object; reasons go to standard error."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import LaretsError
from app.domain.library.reading import UnreadPart
from app.domain.losses import Loss
from app.services.wording import Sentence, Wording


@dataclass(frozen=True)
class Output:
    """Where results go. `as_json`: one object on standard output and nothing else there."""

    as_json: bool
    wording: Wording

    def result(self, values: Mapping[str, object], text: str) -> None:
        """Print `values` as JSON, or `text`."""
        print(json.dumps(values, ensure_ascii=False) if self.as_json else text, flush=True)

    def note(self, text: str) -> None:
        """Progress and remarks."""
        print(text, file=sys.stderr, flush=True)

    def failure(self, error: BaseException) -> None:
        sentence = self.wording.of(error)
        code = error.code if isinstance(error, LaretsError) else "unexpected"
        if self.as_json:
            reason = {"code": code, "message": sentence.what, "hint": sentence.hint}
            print(json.dumps({"error": reason}, ensure_ascii=False), flush=True)
        self.note(_line(sentence))

    def losses(self, losses: Sequence[Loss]) -> None:
        """What the workspace lost and nobody took note of yet."""
        for loss in losses:
            self.note(_line(self.wording.of_loss(loss)))

    def sentence(self, code: str, facts: Mapping[str, object]) -> str:
        return _line(self.wording.of_code(code, facts))

    def unread(self, part: UnreadPart) -> str:
        return _line(self.wording.of_unread(part))


def _line(sentence: Sentence) -> str:
    return f"{sentence.what} {sentence.hint}".strip()
