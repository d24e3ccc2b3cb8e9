"""Opens a chat model where it fits best, and steps down by itself when the driver refuses."""

import os

from app.domain.errors import DamagedModel, OutOfMemory
from app.domain.models.placement import PlacementChoice, choose, lower
from app.domain.progress import Control
from app.engines import hardware
from app.engines.base import OpenedChat, Opening
from app.engines.inspection import model_file
from app.engines.llama import smoke_test
from app.engines.llama.chat_model import Llama


def open_chat(opening: Opening, control: Control) -> OpenedChat:
    """An `UnusableModel` of its kind, `FileMissing`, `FileDenied`; `DamagedModel`, `OutOfMemory`
    when even the least placement is refused; `Cancelled`."""
    architecture = model_file.require_chat_model(opening.path)
    model_file.require_known(architecture, os.path.basename(opening.path))
    machine = hardware.survey()
    choice = choose(opening.shape, machine, use_graphics=opening.use_graphics)
    while True:
        try:
            return OpenedChat(_open(opening, choice, control), machine, choice)
        except (DamagedModel, OutOfMemory):
            next_choice = lower(choice.placement)
            if next_choice is None:
                raise
            choice = PlacementChoice(next_choice.placement, (*choice.reasons, *next_choice.reasons))


def _open(opening: Opening, choice: PlacementChoice, control: Control) -> Llama:
    if choice.placement.gpu_layers:
        # A driver that runs out of memory may end the process: let it be the child's.
        smoke_test.try_placement(opening.path, choice.placement, control)
    return Llama(
        opening.path, choice.placement, derived_format=opening.derived_format, control=control
    )
