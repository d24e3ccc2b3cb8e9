"""Rows to train from: written, taken from chats, imported, looked over, exported."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.progress import Control, NoControl
from app.domain.roles import Act
from app.domain.training import row_summary
from app.domain.training.row_formats import RowColumns, RowFile
from app.domain.training.row_summary import RowSummary, TokenCounts
from app.domain.training.rows import Row, Rows
from app.services.datasets.row_chats import RowChats
from app.services.datasets.row_files import RowFiles
from app.services.datasets.row_writer import Keep, RowWriter
from app.services.models.inference import Inference
from app.services.profiles.access import Access
from app.services.training.examples import ExampleWriter


class DatasetService:
    """Every act asks for Act.TRAIN: `AccessDenied`."""

    def __init__(
        self,
        writer: RowWriter,
        chats: RowChats,
        files: RowFiles,
        examples: ExampleWriter,
        inference: Inference,
        access: Access,
    ) -> None:
        self._writer = writer
        self._chats = chats
        self._files = files
        self._examples = examples
        self._inference = inference
        self._access = access

    def from_documents(
        self,
        documents: Sequence[str],
        count: int,
        control: Control,
        keep: Keep,
        known: Sequence[Row] = (),
    ) -> Rows:
        """See RowWriter.write. On the inference worker thread."""
        self._access.require(Act.TRAIN)
        return self._writer.write(documents, count, control, keep, known)

    def from_chats(self, known: Sequence[Row] = ()) -> Rows:
        """See RowChats.rows."""
        self._access.require(Act.TRAIN)
        return self._chats.rows(known)

    def recognise(self, path: Path, control: Control | None = None) -> RowFile:
        """See RowFiles.recognise."""
        self._access.require(Act.TRAIN)
        return self._files.recognise(path, control)

    def read(
        self, path: Path, mapping: RowColumns | None = None, control: Control | None = None
    ) -> Rows:
        """See RowFiles.read."""
        self._access.require(Act.TRAIN)
        return self._files.read(path, mapping, control)

    def write(self, path: Path, rows: Sequence[Row]) -> None:
        """See RowFiles.write."""
        self._access.require(Act.TRAIN)
        self._files.write(path, tuple(rows))

    def append(self, path: Path, row: Row) -> None:
        """See RowFiles.append."""
        self._access.require(Act.TRAIN)
        self._files.append(path, row)

    def looked_over(self, rows: Sequence[Row]) -> RowSummary:
        """Counts, lengths, languages, warnings and near-duplicates of all rows."""
        return row_summary.summary(rows)

    def tokens(self, rows: Sequence[Row], control: Control | None = None) -> TokenCounts:
        """Of the rows in use, without the few marks of the chat format. On the inference worker
        thread; `NoChatModel` and the like."""
        control = control or NoControl()
        model, _ = self._inference.open(control)
        texts, answers = [], 0
        for row in rows:
            if not row.used:
                continue
            control.check()
            example = self._examples.example(row)
            answer = model.count(example.answer)
            texts.append(answer + sum(model.count(turn.text) for turn in example.turns))
            answers += answer
        found = row_summary.lengths(texts)
        return TokenCounts(found.total, found.longest, answers, found.mean)
