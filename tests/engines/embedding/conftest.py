"""A process that embeds, shared by the tests that leave it alive."""

from collections.abc import Iterator

import pytest

from app.engines.embedding.runner import EmbeddingProcess


@pytest.fixture(scope="session")
def process() -> Iterator[EmbeddingProcess]:
    running = EmbeddingProcess()
    yield running
    running.end()
