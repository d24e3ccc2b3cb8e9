"""Sentences about models, devices and speeds, in the interface's language."""

from PySide6.QtCore import QObject

from app.domain.models.machine import Machine
from app.domain.models.model import Model, ModelKind, Speed
from app.domain.models.placement import Fit, KvType, Placement, PlacementChoice
from app.services.models.inference import Running
from app.services.wording import Sentence
from app.ui.language import Language, filled
from app.ui.models.overview import Listed


class ModelWords(QObject):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def size(self, count: int) -> str:
        """Bytes; number and unit stay on one line."""
        return self._language.size(count).replace(" ", "\N{NO-BREAK SPACE}")

    def facts(self, model: Model) -> str:
        """ "qwen2 · Q4_K_M · 1.0 GB · context 32K · licence apache-2.0"."""
        if model.is_served:
            context = filled(self.tr("context %1"), self.tokens(model.context_length))
            return " · ".join((self.tr("on a server"), context))
        parts = [model.architecture, model.quantisation, self.size(model.size)]
        if model.context_length:
            parts.append(filled(self.tr("context %1"), self.tokens(model.context_length)))
        if model.licence:
            parts.append(filled(self.tr("licence %1"), model.licence))
        elif model.kind == ModelKind.CHAT:
            parts.append(self.tr("licence not stated"))
        return " · ".join(part for part in parts if part)

    @staticmethod
    def tokens(count: int) -> str:
        """As models are advertised: "8K"."""
        return f"{count // 1024}K" if count >= 1024 else str(count)

    def fit(self, fit: Fit) -> tuple[str, str]:
        """The chip and what it means."""
        return {
            Fit.FITS: (
                self.tr("fits this machine"),
                self.tr("There is enough memory for the whole model and a long conversation."),
            ),
            Fit.PARTLY: (
                self.tr("fits partly"),
                self.tr(
                    "It runs, but more slowly: a part works on the processor, or the context "
                    "is shorter."
                ),
            ),
            Fit.TOO_LARGE: (
                self.tr("too large"),
                self.tr(
                    "It needs more memory than this machine has: parts of it would be read from "
                    "the disk again and again."
                ),
            ),
        }[fit]

    def speed(self, speed: Speed | None) -> str:
        if speed is None:
            return self.tr("not measured yet")
        reads = filled(self.tr("reads %1"), self.rate(speed.prompt))
        if not speed.answer:
            return reads
        return reads + ", " + filled(self.tr("writes %1"), self.rate(speed.answer))

    def rate(self, value: float) -> str:
        """ "12 tok/s"; "" when it was not measured."""
        if not value:
            return ""
        number = self._language.number(value, 0 if value >= 10 else 1)
        return filled(self.tr("%1 tok/s"), number)

    def place(self, listed: Listed) -> str:
        path = listed.model.path
        if listed.model.is_served:
            return filled(self.tr("lies at %1"), path)
        if not listed.present:
            return filled(self.tr("file is away: %1"), path)
        if listed.copied:
            return self.tr("copied into Larets")
        if listed.shipped:
            return self.tr("came with Larets")
        return filled(self.tr("lies at %1"), path)

    def reasons(self, choice: PlacementChoice) -> list[Sentence]:
        """Why it is placed as it is."""
        word = self._language.wording.of_code
        return [word(reason.code, self._spoken(dict(reason.facts))) for reason in choice.reasons]

    def _spoken(self, facts: dict[str, str | int | float]) -> dict[str, object]:
        """Fractions with the language's own point."""
        return {
            name: self._language.number(value) if isinstance(value, float) else value
            for name, value in facts.items()
        }

    def layers(self, placement: Placement, model: Model) -> str:
        """Of the layers and the output, how many are on the graphics card; "" for none."""
        if not model.shape.layers or not placement.gpu_layers:
            return ""
        of = model.shape.layers + 1
        there = min(placement.gpu_layers, of)
        return filled(self.tr("%1 of %n layer(s)", "", of), there)

    def precision(self, kv_type: KvType) -> str:
        bits = {KvType.F16: "16", KvType.Q8_0: "8"}[kv_type]
        return filled(self.tr("%1 bits"), bits)

    def memory(self, size: int) -> str:
        """ "" for what was not told."""
        return self.size(size) if size else ""

    def short_device(self, running: Running) -> str:
        """ "Processor", the graphics card by its maker's name, or the server."""
        elsewhere = running.model.is_served or running.choice.placement.gpu_layers
        return running.device if elsewhere else self.tr("Processor")

    def machine_memory(self, machine: Machine) -> str:
        size = self.size
        return filled(self.tr("%1, %2 free"), size(machine.memory_total), size(machine.memory_free))

    def graphics(self, machine: Machine) -> str:
        device = machine.graphics
        if device is not None:
            return f"{device.description} · {self.size(device.memory_total)}"
        return self.no_graphics(machine)

    def no_graphics(self, machine: Machine) -> str:
        if machine.graphics_built:
            return self.tr("none found that can compute")
        return self.tr("not used by this build")
