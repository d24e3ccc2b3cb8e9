"""What can go wrong around a training and its rows."""

from app.domain.errors.base import LaretsError


class TrainingError(LaretsError):
    """`name`: of a training, or of a file with rows."""

    code = "training"


class TrainingMissing(TrainingError):
    """`name`."""

    code = "training-missing"


class TrainingBusy(TrainingError):
    """`name`: it runs, or has run, and cannot be changed."""

    code = "training-busy"


class TrainingStopped(TrainingError):
    """`name`; `reason`: a Trouble, or the state that it is in."""

    code = "training-stopped"


class TooFewRows(TrainingError):
    """`rows`, `least`: that can be used and are short enough."""

    code = "too-few-rows"


class NoFourBit(TrainingError):
    """4-bit weights were asked for where bitsandbytes or a CUDA card is missing or switched off."""

    code = "no-four-bit"


class OtherRowFormat(TrainingError):
    """No known form of rows, and nobody said which columns have questions and answers."""

    code = "other-row-format"


class NoRows(TrainingError):
    """Not one row could be read or written."""

    code = "no-rows"


class NoTrainingPart(TrainingError):
    """The part of the program that holds torch is not installed."""

    code = "no-training-part"
