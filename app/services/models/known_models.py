"""The models that resources/models.toml describes, as far as the program asks about them."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from app.domain.models.model import Calibration, Model


class KnownModels:
    def __init__(self, resources: Path) -> None:
        self._file = resources / "models.toml"

    def calibration(self, model: Model) -> Calibration:
        """What an embedding model's cosines mean, found by its weights, whatever it is called here;
        one that nobody measured has the default, which refuses nothing."""
        return self._calibrations.get(model.sha256, Calibration())

    @cached_property
    def _calibrations(self) -> dict[str, Calibration]:
        entries: list[dict[str, Any]] = tomllib.loads(self._file.read_text("utf-8"))["model"]
        return {
            entry["sha256"]: msgspec.convert(entry["calibration"], Calibration)
            for entry in entries
            if "calibration" in entry
        }
