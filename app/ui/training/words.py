"""Sentences about trainings, rows and adapters, in the interface's language."""

from PySide6.QtCore import QObject

from app.domain.models.adapter_files import Trust, fingerprint
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.training.rows import RowFault, RowOrigin, RowWarning
from app.domain.training.training import (
    Advice,
    Phase,
    Preset,
    Report,
    RunStatus,
    Training,
    TrainingState,
    Trouble,
)
from app.ui.language import Language, filled

#: Held-out loss that fell by less is no better: it is within what another split would give.
LEAST_GAIN = 0.01
#: Loss on a general text that may be gained (results/training.md).
MOST_FORGETTING = 0.10

#: From here on time is told in hours.
_HOURS = 119.5 * 60


def percent(status: RunStatus) -> int:
    """Of the steps that are done."""
    return round(100 * status.step / status.steps) if status.steps else 0


class TrainingWords(QObject):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def why_not(self, *, may_train: bool) -> str:
        """For who may not train and change nothing here; "" for who may."""
        return "" if may_train else self.tr("Readers use adapters; an editor may train them.")

    def no_part(self) -> str:
        """For who has the part of the program that asks, and not the one that trains."""
        return self.tr(
            "Training needs a part of Larets that is not installed here: put the folder training "
            "of the kit beside the program and start Larets again."
        )

    # -- figures ----------------------------------------------------------------------------------

    def number(self, value: float, digits: int = 2) -> str:
        """With a real minus."""
        return self.language.number(value, digits).replace("-", "\N{MINUS SIGN}")

    def share(self, value: float | None) -> str:
        if value is None:
            return "—"
        return filled(self.tr("%1 %"), self.number(100 * value, 0))

    def signed(self, value: float, digits: int = 2) -> str:
        value = round(value, digits) or 0.0  # no "−0"
        sign = "+" if value > 0 else ""
        return sign + self.number(value, digits)

    def size(self, count: int) -> str:
        return self.language.size(count).replace(" ", "\N{NO-BREAK SPACE}")

    def time(self, seconds: float) -> str:
        """ "40 s", "14 min", "2 h 30 min"."""
        if seconds < 60:
            return filled(self.tr("%1 s"), max(round(seconds), 1))
        minutes = round(seconds / 60)
        if seconds < _HOURS:
            return filled(self.tr("%1 min"), minutes)
        hours, rest = divmod(round(minutes / 10) * 10, 60)
        text = filled(self.tr("%1 h"), hours)
        return f"{text} {filled(self.tr('%1 min'), rest)}" if rest else text

    def range(self, seconds: tuple[float, float]) -> str:
        """ "40–70 min", "50 min to 2 h 30 min"."""
        least, most = (self.time(second) for second in seconds)
        if least == most:
            return filled(self.tr("about %1"), least)
        if all(60 <= second < _HOURS for second in seconds):
            minutes = "–".join(str(round(second / 60)) for second in seconds)
            return filled(self.tr("%1 min"), minutes)
        return filled(self.tr("%1 to %2"), least, most)

    # -- a training -------------------------------------------------------------------------------

    def state(self, training: Training, adapter: Adapter | None, users: int) -> str:
        """The line under its name in the list; `users`: assistants that speak with it."""
        if training.state == TrainingState.RUNNING:
            return filled(self.tr("training · %1 %"), percent(training.status))
        if training.state == TrainingState.DONE:
            return self.switched(training.report, adapter, users)
        return filled(
            {
                TrainingState.DRAFT: self._draft(training.rows),
                TrainingState.PAUSED: self.tr("paused · %1 %"),
                TrainingState.TRAINED: self.tr("being compared with the base"),
                TrainingState.FAILED: self.tr("did not succeed"),
            }[training.state],
            percent(training.status),
        )

    def _draft(self, rows: int) -> str:
        if not rows:
            return self.tr("no examples yet")
        return self.tr("%n example(s), not trained yet", "", rows)

    def switched(self, report: Report | None, adapter: Adapter | None, users: int) -> str:
        if adapter is None:
            return self.tr("adapter is gone")
        if adapter.scale:
            return filled(self.tr("on · strength %1"), self.number(adapter.scale, 1))
        if users:
            return self.tr("on for %n assistant(s)", "", users)
        if report is not None and report.advice == Advice.DO_NOT_USE:
            return self.tr("not better than the base")
        return self.tr("off")

    def phase(self, status: RunStatus) -> str:
        return {
            Phase.LOADING: self.tr("The model is being loaded…"),
            Phase.TRAINING: filled(self.tr("step %1 of %2"), status.step, status.steps),
            Phase.EXPORTING: self.tr("The adapter is being written and checked…"),
        }[status.phase]

    def pace(self, status: RunStatus, available: int) -> str:
        """ "14 min left · 512 tok/s · 7.4 of 8 GB"."""
        parts = []
        if status.left is not None:
            parts.append(filled(self.tr("%1 left"), self.time(status.left)))
        if status.tokens_per_second:
            rate = self.number(status.tokens_per_second, 0)
            parts.append(filled(self.tr("%1 tok/s"), rate))
        if status.memory:
            parts.append(self.memory(status.memory, available))
        return " · ".join(parts)

    def memory(self, used: int, available: int) -> str:
        if not available:
            return self.size(used)
        return filled(self.tr("%1 of %2"), self.size(used), self.size(available))

    def trouble(self, trouble: Trouble) -> tuple[str, str]:
        """What happened, and what to do."""
        return {
            Trouble.NOT_FINITE: (
                self.tr("The training diverged: the loss is not a number (NaN)."),
                self.tr("Train anew with the preset “Careful”."),
            ),
            Trouble.RISING: (
                self.tr("The training diverged: the loss only rose, so it was stopped."),
                self.tr("Train anew with the preset “Careful”, and look the examples over."),
            ),
            Trouble.MEMORY: (
                self.tr("The memory was not enough."),
                self.tr("Close other programs and resume, or train anew with shorter examples."),
            ),
            Trouble.DISK: (
                self.tr("The disk is full."),
                self.tr("Free some space and resume: the last checkpoint is kept."),
            ),
            Trouble.BATTERY: (
                self.tr("The battery ran low, so the training paused."),
                self.tr("Plug the computer in and resume."),
            ),
            Trouble.CRASHED: (
                self.tr("The training ended unexpectedly."),
                self.tr("Resume: it goes on from the last checkpoint."),
            ),
            Trouble.EXPORT: (
                self.tr("The finished adapter did not answer as it did in training."),
                self.tr("It was not published. Train anew; if it happens again, report it."),
            ),
            Trouble.ROWS: (
                self.tr("Too few examples are short enough."),
                self.tr("Allow longer examples under “More”, or shorten their passages."),
            ),
            Trouble.MODEL: (
                self.tr("The model file could not be opened for training."),
                self.tr("Look at the model on the Models page; add its file again if need be."),
            ),
            Trouble.CUT_OFF: (
                self.tr("The training was cut off when the program or the computer stopped."),
                self.tr("Resume: it goes on from the last checkpoint."),
            ),
        }[trouble]

    # -- an adapter from a file -------------------------------------------------------------------

    def signed_by(self, trust: Trust, signer: str) -> str:
        """Whose signature its file has."""
        if trust == Trust.UNSIGNED:
            return self.tr("Not signed: nobody can tell where it comes from.")
        return filled(
            {
                Trust.OWN: self.tr("Signed by this workspace: %1"),
                Trust.KNOWN: self.tr("Signed by somebody known here: %1"),
                Trust.UNKNOWN: self.tr("Signed by somebody unknown here: %1"),
            }[trust],
            fingerprint(signer).replace(" ", "\N{NO-BREAK SPACE}"),
        )

    def made(self, card: AdapterCard, size: int) -> str:
        """ "Trained from Qwen · 120 examples · rank 16 · 2026-11-21 · 84 MB"."""
        model = card.model or self.tr("an unknown model")
        if not card.rank:
            told = filled(self.tr("Belongs to %1"), model)
            return " · ".join((told, self.size(size)))
        parts = (
            filled(self.tr("Trained from %1"), model),
            self.tr("%n example(s)", "", card.rows),
            filled(self.tr("rank %1"), card.rank),
            card.day,
            self.size(size),
        )
        return " · ".join(parts)

    # -- rows -------------------------------------------------------------------------------------

    def origin(self, origin: RowOrigin) -> str:
        return {
            RowOrigin.DOCUMENTS: self.tr("document"),
            RowOrigin.CHATS: self.tr("chat"),
            RowOrigin.IMPORTED: self.tr("file"),
        }[origin]

    def warning(self, warning: RowWarning) -> str:
        return {
            RowWarning.PERSONAL: self.tr("personal data"),
            RowWarning.LONG: self.tr("long answer"),
            RowWarning.LANGUAGE: self.tr("other language"),
            RowWarning.DUPLICATE: self.tr("near-duplicate"),
        }[warning]

    def faults(self, rejected: dict[RowFault, int]) -> str:
        """ "Not taken: 12 near-duplicates, 3 …"; "" for none."""
        told = [self._fault(fault, count) for fault, count in rejected.items() if count]
        return filled(self.tr("Not taken: %1."), ", ".join(told)) if told else ""

    def _fault(self, fault: RowFault, count: int) -> str:
        return {
            RowFault.QUOTE: self.tr("%n whose quote is not in the passage", "", count),
            RowFault.LEAK: self.tr("%n whose question speaks of “this text”", "", count),
            RowFault.DISAGREES: self.tr("%n that a second reading did not confirm", "", count),
            RowFault.DUPLICATE: self.tr("%n near-duplicate(s)", "", count),
            RowFault.EMPTY: self.tr("%n without a question or an answer", "", count),
            RowFault.TOO_LONG: self.tr("%n too long", "", count),
            RowFault.UNREADABLE: self.tr("%n unreadable", "", count),
        }[fault]

    # -- presets ----------------------------------------------------------------------------------

    def preset(self, preset: Preset) -> tuple[str, str]:
        """Its name and what it is for."""
        return {
            Preset.QUICK: (
                self.tr("Quick"),
                self.tr("A first try: shows in a short time whether the examples teach anything."),
            ),
            Preset.BALANCED: (
                self.tr("Balanced"),
                self.tr("The usual choice for style, format and terms."),
            ),
            Preset.THOROUGH: (
                self.tr("Thorough"),
                self.tr("For several hundred examples and more. Takes the longest."),
            ),
            Preset.CAREFUL: (
                self.tr("Careful"),
                self.tr("Small steps: changes less, forgets least. For few or uneven examples."),
            ),
        }[preset]

    def enough(self, rows: int) -> str:
        """What so many examples can teach."""
        if rows < 50:
            return self.tr(
                "Fewer than 50 examples rarely teach anything. Add some more, or see the result "
                "as a try."
            )
        if rows < 300:
            return self.tr("Enough for tone and format.")
        if rows < 1000:
            return self.tr("Enough for tone, format and how to answer from documents.")
        return self.tr("Enough for a broad change of style.")
