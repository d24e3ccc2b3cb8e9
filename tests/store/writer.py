"""Saves documents into the collection given as argument until it is killed, naming each."""

import sys
from pathlib import Path

import numpy as np

from app.domain.library.documents import Locator, Passage
from app.store.library.library import LibraryStore
from tests.store.rows import queued

KEY = b"c" * 32
PASSAGES = 20


def main() -> None:
    store = LibraryStore(Path(sys.argv[1]), KEY)
    pieces = [Passage(f"passage {n} " * 20, "head", Locator(n, n + 1)) for n in range(PASSAGES)]
    vectors = np.ones((PASSAGES, 384), np.float16)
    for number in range(10_000):
        document = queued(store, f"file-{number}")
        store.save(document, b"content" * 20_000, pieces, vectors)
        print(document.id, flush=True)  # noqa: T201  the parent reads it


if __name__ == "__main__":
    main()
