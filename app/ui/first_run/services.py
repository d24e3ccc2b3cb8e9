"""What the steps after the log-in reach."""

from collections.abc import Callable
from dataclasses import dataclass

from app.services.events import Events
from app.services.library.service import LibraryService
from app.services.models.model_import import ModelImport
from app.services.models.service import ModelService
from app.ui.acts import Acts
from app.ui.library.adding import Adding
from app.ui.library.sample_library import SampleLibrary


@dataclass(frozen=True)
class FirstRunServices:
    """`samples` is the sample library; `ask` puts a question in a conversation of its own."""

    models: ModelService
    imports: ModelImport
    library: LibraryService
    adding: Adding
    events: Events
    reading: Acts
    background: Acts
    samples: SampleLibrary
    ask: Callable[[str], None]
