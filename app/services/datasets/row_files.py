"""Rows as files: those of other programs in, our own out and in again."""

from pathlib import Path

import msgspec

from app.documents.reading.sandbox import Sandbox
from app.domain.errors import NoRows, OtherRowFormat, StorageDenied
from app.domain.progress import Control, NoControl
from app.domain.training import row_formats
from app.domain.training.row_formats import RowColumns, RowFile, RowFormat
from app.domain.training.rows import Row, RowFault, Rows
from app.services.datasets import row_forms, row_records
from app.services.datasets.row_records import Record, Records
from app.store.files import disk_errors, save_for_user

#: Rows that are shown before a file is read.
_SAMPLE = 5
#: Records that tell the format, and those that name the columns of a file without a header.
_LOOKED_AT = 50


class RowFiles:
    def __init__(self, sandbox: Sandbox) -> None:
        """`sandbox` reads workbooks."""
        self._sandbox = sandbox

    def recognise(self, path: Path, control: Control | None = None) -> RowFile:
        """Tell what kind of file of rows this is. `NoRows` when nothing in it is a record, and the
        errors of row_records.read."""
        records = row_records.read(path, self._sandbox, control or NoControl())
        form, columns = _form(records, path), _columns(records)
        mapping = row_formats.proposed(columns) if _is_mapped(form) else None
        sample = []
        if mapping or not _is_mapped(form):
            made = (
                row_forms.row_of(record, form, mapping) for record in records.found[:_LOOKED_AT]
            )
            sample = [row for row in made if isinstance(row, Row)][:_SAMPLE]
        return RowFile(form, columns, tuple(sample), mapping)

    def read(
        self, path: Path, mapping: RowColumns | None = None, control: Control | None = None
    ) -> Rows:
        """All rows, however often they come; broken ones are counted. `mapping` as a user chose
        it, else as `recognise` proposes.
        `OtherRowFormat` when there is neither, `NoRows`, errors of row_records.read."""
        records = row_records.read(path, self._sandbox, control or NoControl())
        form = _form(records, path)
        if _is_mapped(form) and mapping is None:
            mapping = row_formats.proposed(_columns(records))
            if mapping is None:
                raise OtherRowFormat(name=path.name)
        rows: list[Row] = []
        rejected: dict[RowFault, int] = {}
        for record in records.found:
            made = row_forms.row_of(record, form, mapping)
            if isinstance(made, Row):
                rows.append(made)
            else:
                rejected[made] = rejected.get(made, 0) + 1
        if not rows:
            raise NoRows(name=path.name)
        return Rows(tuple(rows), rejected)

    def write(self, path: Path, rows: tuple[Row, ...]) -> None:
        """A row a line, whole or not at all. `StorageDenied`, `StorageFull`."""
        save_for_user(path, b"".join(msgspec.json.encode(row) + b"\n" for row in rows))

    def append(self, path: Path, row: Row) -> None:
        """One row at the end of a file that is written as rows come, on a line of its own also
        after one that was cut off. `StorageDenied`, `StorageFull`."""
        with disk_errors(path):
            try:
                with path.open("ab+") as file:
                    file.seek(max(file.tell() - 1, 0))
                    begun = file.read() not in (b"", b"\n")
                    file.write(b"\n" * begun + msgspec.json.encode(row) + b"\n")
            except (FileNotFoundError, IsADirectoryError) as error:
                raise StorageDenied(path=str(path)) from error


def _form(records: Records, path: Path) -> RowFormat:
    """As most of the first records are. `NoRows`."""
    whole = [record for record in records.found[:_LOOKED_AT] if record is not None]
    if not whole:
        raise NoRows(name=path.name)
    forms = [row_forms.format_of(record) for record in whole]
    return max(dict.fromkeys(forms), key=forms.count)


def _columns(records: Records) -> tuple[str, ...]:
    whole: list[Record] = [record for record in records.found[:_LOOKED_AT] if record is not None]
    return records.columns or tuple(dict.fromkeys(str(name) for record in whole for name in record))


def _is_mapped(form: RowFormat) -> bool:
    return form in (RowFormat.ALPACA, RowFormat.COLUMNS)
