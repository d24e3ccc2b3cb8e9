"""Guesses what an answer copies from its prompt, so that one decode checks several tokens
(prompt-lookup decoding, https://github.com/apoorvumang/prompt-lookup-decoding)."""

from collections.abc import Sequence

#: Tokens that must have stood together before, and how many are guessed to follow them again
#: (results/generation.md).
_KEY, GUESSED = 3, 4


class PromptLookup:
    """The tokens of a sequence, and what followed each group of them when it stood there last."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._followed: dict[tuple[int, ...], int] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """The sequence goes on with this token."""
        key = tuple(self._tokens[-_KEY:])
        self._followed[key] = len(self._tokens)
        self._tokens.append(token)

    def guess(self) -> list[int]:
        """What may follow now; empty where the last tokens stand here for the first time."""
        place = self._followed.get(tuple(self._tokens[-_KEY:]))
        return [] if place is None else self._tokens[place : place + GUESSED]
