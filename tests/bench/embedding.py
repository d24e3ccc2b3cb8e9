"""A local embedding model whose vectors are kept on disk, so that each text is embedded once for
all peers. The peers' own wrappers call sentence-transformers too; this stands where they do."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.contest import Vectors

_BATCH = 16


class KeptEmbedding:
    """Prefixes come from the folder's own "prompts", as in Larets; MiniLM has none."""

    def __init__(self, folder: Path, cache: Path, threads: int) -> None:
        self._folder = folder
        self._threads = threads
        self._model: Any = None
        weights = (folder / "model.safetensors").read_bytes()
        self._identity = hashlib.sha256(weights).hexdigest()
        self._kept = sqlite3.connect(cache / "vectors.sqlite", timeout=60)
        self._kept.execute("create table if not exists vectors (key text primary key, value blob)")

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors([self._prefixed("query", each) for each in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors([self._prefixed("passage", each) for each in texts])

    def _prefixed(self, kind: str, text: str) -> str:
        return (self._opened().prompts.get(kind) or "") + text

    def _vectors(self, texts: list[str]) -> Vectors:
        keys = [hashlib.sha256(f"{self._identity}\0{text}".encode()).hexdigest() for text in texts]
        found = {key: kept for key in keys if (kept := self._look_up(key)) is not None}
        missing = sorted({key: t for key, t in zip(keys, texts, strict=True) if key not in found}
                         .items(), key=lambda each: len(each[1]))  # fmt: skip
        for begin in range(0, len(missing), _BATCH):
            batch = missing[begin : begin + _BATCH]
            for (key, _), vector in zip(batch, self._encode([t for _, t in batch]), strict=True):
                found[key] = vector
                self._kept.execute(
                    "insert or replace into vectors values (?, ?)", (key, vector.tobytes())
                )
            self._kept.commit()
        return np.stack([found[key] for key in keys])

    def _look_up(self, key: str) -> Vectors | None:
        row = self._kept.execute("select value from vectors where key = ?", (key,)).fetchone()
        return None if row is None else np.frombuffer(row[0], np.float32)

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self._opened().encode(
            texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)

    def _opened(self) -> Any:
        if self._model is None:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(self._threads)
            self._model = SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": torch.float32},  # the files may hold 16 bits, slow here
            )
        return self._model
