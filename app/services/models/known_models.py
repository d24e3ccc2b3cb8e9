"""The models that resources/models.toml describes, as far as the program asks about them."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from app.domain.models.model import Calibration, Model


class KnownModels:
    def __init__(self, resources: Path) -> None:
        self._resources = resources

    def calibration(self, model: Model) -> Calibration:
        """What an embedding model's cosines mean, found by its weights, whatever it is called here;
        one that nobody measured has the default, which refuses nothing."""
        entry = self._entries.get(model.sha256, {})
        return msgspec.convert(entry.get("calibration", {}), Calibration)

    def second_reader(self, model: Model) -> Path | None:
        """The LoRA that makes an embedding model a second reader; None where there is none."""
        entry = self._entries.get(model.sha256, {})
        file = self._resources / entry["second_reader"] if "second_reader" in entry else None
        return file if file and file.is_file() else None

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        entries = tomllib.loads((self._resources / "models.toml").read_text("utf-8"))["model"]
        return {entry["sha256"]: entry for entry in entries if "sha256" in entry}
