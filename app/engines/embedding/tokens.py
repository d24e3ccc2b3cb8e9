"""Tokens of a text as its splitter counts them."""

from typing import Any


def counter(tokenizer: Any) -> Any:
    """A tokenizer on the same vocabulary for whoever splits: it neither cuts nor pads, and does not
    wait for the model, which sets both on its own at every batch."""
    from tokenizers import Tokenizer

    found = Tokenizer(tokenizer.model)
    found.normalizer, found.pre_tokenizer = tokenizer.normalizer, tokenizer.pre_tokenizer
    return found
