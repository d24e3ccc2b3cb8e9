"""An assistant as one JSON file: collections and adapters by their names, nothing that only this
workspace knows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.chat.assistants import AdapterStrength, AnswerLanguage, Assistant, Tone
from app.domain.chat.variables import Variable, lacking
from app.domain.errors import FileMissing, NotAnAssistant
from app.domain.roles import Act
from app.services.assistants.service import AssistantService
from app.services.library.service import LibraryService
from app.services.models.adapters import AdapterService
from app.services.profiles.access import Access
from app.store.files import save_for_user

_FORM, _VERSION = "larets-assistant", 1
#: A collection that is gone, or that this profile may not read: the file still says that there is
#: one, or the assistant would answer from all where it is taken in.
_NAMELESS = "?"


class _Adapter(msgspec.Struct):
    name: str
    strength: float = 1.0


class _File(msgspec.Struct):
    """What is written; what is missing in a file has its usual value."""

    form: str
    version: int
    name: str
    icon: str = ""
    instruction: str = ""
    tone: Tone = Tone.NEUTRAL
    temperature: float = 0.1
    max_tokens: int = 512
    collections: list[str] = msgspec.field(default_factory=list)
    adapters: list[_Adapter] = msgspec.field(default_factory=list)
    remembers: bool = True
    language: AnswerLanguage = AnswerLanguage.AS_ASKED
    model: str = ""
    strict: bool = False
    variables: list[Variable] = msgspec.field(default_factory=list)


@dataclass(frozen=True)
class TakenAssistant:
    """One that was imported; the names of what it had and this workspace has not, and of places in
    its instruction that have no value."""

    assistant: Assistant
    missing_collections: tuple[str, ...] = ()
    missing_adapters: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ()


class AssistantTransfers:
    def __init__(
        self,
        assistants: AssistantService,
        library: LibraryService,
        adapters: AdapterService,
        access: Access,
        record: Callable[[str, str], None],
    ) -> None:
        self._assistants, self._library, self._adapters = assistants, library, adapters
        self._access, self._record = access, record

    def export(self, assistant: Assistant, path: Path) -> None:
        """Write one to `path`, unencrypted. `ForbiddenByPolicy`, `StorageDenied`, `StorageFull`."""
        self._access.require(Act.EXPORT)
        collections = {each.id: each.name for each in self._library.collections()}
        adapters = {each.id: each.name for each in self._adapters.all()}
        file = _File(
            _FORM,
            _VERSION,
            assistant.name,
            assistant.icon,
            assistant.instruction,
            assistant.tone,
            assistant.temperature,
            assistant.max_tokens,
            [collections.get(each, _NAMELESS) for each in assistant.collections],
            [
                _Adapter(adapters[each.adapter], each.strength)
                for each in assistant.adapters
                if each.adapter in adapters
            ],
            assistant.remembers,
            assistant.language,
            assistant.model,
            assistant.strict,
            list(assistant.variables),
        )
        save_for_user(path, msgspec.json.format(msgspec.json.encode(file), indent=2))
        self._record("export-assistant", assistant.id)

    def take_in(self, path: Path) -> TakenAssistant:
        """A new assistant from a file, under the next free name. `FileMissing`, `NotAnAssistant`,
        `NameTaken`, `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        file = _read(path)
        collections = {each.name.casefold(): each.id for each in self._library.collections()}
        adapters = {each.name.casefold(): each.id for each in self._adapters.all()}
        made = Assistant(
            "",
            file.name,
            file.icon or Assistant("", "").icon,
            file.instruction,
            file.tone,
            file.temperature,
            file.max_tokens,
            # Without its own collections it would answer from all: a name that is none finds none.
            tuple(collections.get(each.casefold(), each) for each in file.collections),
            tuple(
                AdapterStrength(adapters[each.name.casefold()], each.strength)
                for each in file.adapters
                if each.name.casefold() in adapters
            ),
            file.remembers,
            file.language,
            file.model,
            file.strict,
            tuple(file.variables),
        )
        taken = self._assistants.take_in(made)
        return TakenAssistant(
            taken,
            tuple(each for each in file.collections if each.casefold() not in collections),
            tuple(each.name for each in file.adapters if each.name.casefold() not in adapters),
            lacking(taken.variables),
        )


def _read(path: Path) -> _File:
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise FileMissing(name=path.name) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAnAssistant(name=path.name) from error
    if file.form != _FORM or file.version > _VERSION:
        raise NotAnAssistant(name=path.name)
    return file
