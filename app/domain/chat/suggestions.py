"""Further questions that a model proposes after an answer: their grammar, and which are kept."""

import re
from collections.abc import Sequence

from app.domain.text import language
from app.stems import stems

#: GBNF: a JSON array of three questions of 3 to 14 words. Without that bound a small model goes on
#: and on; without a capital letter at first it writes on at the answer.
GRAMMAR = r"""
root ::= "[" question ", " question ", " question "]"
question ::= "\"" [A-ZА-ЯЁ] letter* (" " letter+){2,13} "?\""
letter ::= [^ "\\?!.;\[\]\x00-\x1F]
"""
_QUESTION = re.compile(r'"([^"\\]{3,120}\?)"')
#: Share of its stems from which on a question asks what was asked already.
_SAME = 0.9


def accepted(said: str, asked: Sequence[str]) -> tuple[str, ...]:
    """The proposed questions without those that were `asked`, that repeat each other, or that are
    in another language than the last one asked. Of an array that was cut off the whole ones."""
    known, kept = [set(stems(each)) for each in asked], []
    for question in _QUESTION.findall(said):
        wanted = set(stems(question))
        fits = bool(wanted) and language.of(question) == language.of(asked[-1] if asked else "")
        if fits and not any(_same(wanted, other) for other in known):
            known.append(wanted)
            kept.append(question)
    return tuple(kept)


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _SAME * max(min(len(one), len(other)), 1)
