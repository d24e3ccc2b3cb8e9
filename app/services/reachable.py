"""What a failure of the system means when the data folder itself has gone."""

from pathlib import Path

from app.domain.errors import DataUnreachable, LaretsError


def explained(error: BaseException, data: Path) -> BaseException:
    """`DataUnreachable` in place of an error that nobody expected, where the folder that the
    program worked in is not there any more; else the error itself."""
    if isinstance(error, LaretsError) or not isinstance(error, Exception) or data.is_dir():
        return error
    return DataUnreachable(path=str(data))
