"""Exports what is readable of a damaged workspace, and lists what is not."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from app import log
from app.documents.export import markdown
from app.documents.export.layout import laid_out
from app.domain.chat.exported import Exported
from app.domain.errors import DamagedData, ForbiddenByPolicy
from app.domain.policies import Policy
from app.domain.salvage import LossReason, SalvagedKind, SalvageReport, Saved, Unsaved
from app.paths import Paths
from app.services.conversations.transcripts import export_words
from app.services.memory.summary_files import SummaryFiles
from app.services.salvage.folder import SalvageFolder
from app.store.salvage import remains
from app.store.salvage.conversations import SalvagedConversation
from app.store.salvage.documents import CollectionRemains, SalvagedDocument
from app.store.salvage.remains import Remains

_REPORT = "salvage.json"


class SalvageService:
    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def save(self, folder: Path, name: str, password: str, language: str) -> SalvageReport:
        """Write into `folder` what the profile called `name` can still read; nothing in the
        workspace is changed. `language` ("ru") is that of headings.

        `FolderNotEmpty`, `ForbiddenByPolicy`, the errors of `Vault.unlock`, and `DamagedData` where
        nothing opens at all.
        """
        target = SalvageFolder(folder, self._paths.data)
        with (
            tempfile.TemporaryDirectory(dir=folder) as scratch,
            remains.opened(self._paths.data, name, password, Path(scratch)) as found,
        ):
            if not found.policies().is_on(Policy.EXPORT):
                raise ForbiddenByPolicy(policy=Policy.EXPORT.value)
            run = _Run(target, found, self._paths.resources, language)
            run.all()
        report = SalvageReport(found.name, tuple(run.saved), tuple(run.lost))
        text = json.dumps(asdict(report), ensure_ascii=False, indent=1)
        target.put([text.encode()], _REPORT)
        log.event("salvaged", saved=len(report.saved), lost=len(report.lost))
        return report


class _Run:
    def __init__(
        self, target: SalvageFolder, found: Remains, resources: Path, language: str
    ) -> None:
        self._target, self._found = target, found
        self._resources, self._language = resources, language
        self.saved: list[Saved] = []
        self.lost: list[Unsaved] = []

    def all(self) -> None:
        self._conversations()
        self._memory()
        for collection in self._found.collections():
            self._collection(collection)
        for folder in self._found.without_key():
            self._lose(SalvagedKind.PART, f"collections/{folder}", LossReason.KEY)
        parts = [each for each in self._found.unreadable if not each.startswith("collections/")]
        for part in parts:
            self._lose(SalvagedKind.PART, part, LossReason.DAMAGED)

    # -- conversations ----------------------------------------------------------------------------

    def _conversations(self) -> None:
        for conversation in self._found.conversations():
            if conversation.turns:
                self._write(conversation)
            if conversation.lost or not (conversation.turns or conversation.title):
                kind = SalvagedKind.TURNS if conversation.turns else SalvagedKind.CONVERSATION
                name = conversation.title or conversation.id
                self._lose(kind, name, LossReason.DAMAGED, count=max(conversation.lost, 1))

    def _write(self, conversation: SalvagedConversation) -> None:
        exported = Exported(conversation.title, conversation.created, conversation.turns)
        text = markdown.write(laid_out(exported, export_words(self._resources, self._language)))
        name = f"{conversation.title or conversation.id}.md"
        file = self._target.put([text], name, "conversations")
        self.saved.append(Saved(SalvagedKind.CONVERSATION, conversation.title, file))

    def _memory(self) -> None:
        summaries, notes = self._found.summaries(), self._found.notes()
        words = SummaryFiles(self._resources, lambda act, subject: None)
        text = "\n".join(words.markdown(each, self._language) for each in summaries.kept)
        self._listed(SalvagedKind.SUMMARY, [each.title for each in summaries.kept], text)
        kept = [note.text for note in notes.kept if note.accepted]
        self._listed(SalvagedKind.NOTE, kept, "".join(f"- {each}\n" for each in kept))
        for kind, lost in ((SalvagedKind.SUMMARY, summaries.lost), (SalvagedKind.NOTE, notes.lost)):
            if lost:
                self._lose(kind, "", LossReason.DAMAGED, count=lost)

    def _listed(self, kind: SalvagedKind, names: list[str], text: str) -> None:
        """All of a kind in one file."""
        if names:
            file = self._target.put([text.encode()], f"{kind.value}.md")
            self.saved += [Saved(kind, name, file) for name in names]

    # -- documents --------------------------------------------------------------------------------

    def _collection(self, collection: CollectionRemains) -> None:
        texts: dict[str, str] | None = None
        if not collection.has_names:
            reason = LossReason.DAMAGED if collection.is_there else LossReason.MISSING
            self._lose(SalvagedKind.PART, "collection.db", reason, collection.name)
        for document in collection.documents():
            why = self._original(collection, document)
            if why is None:
                continue
            name = document.name or document.content
            self._lose(SalvagedKind.DOCUMENT, name, why, collection.name)
            texts = collection.texts() if texts is None else texts
            if text := texts.get(document.id):
                within = ("documents", collection.name)
                file = self._target.put([text.encode()], f"{document.name}.txt", *within)
                saved = Saved(SalvagedKind.TEXT, document.name, file, collection.name)
                self.saved.append(saved)
        for path in collection.lost_names():
            self._lose(SalvagedKind.DOCUMENT, path, LossReason.NAME, collection.name)

    def _original(
        self, collection: CollectionRemains, document: SalvagedDocument
    ) -> LossReason | None:
        """Write an original; why that cannot be, None where it was."""
        if not document.content:
            return LossReason.NEVER_READ
        if not collection.has_original(document):
            return LossReason.MISSING
        name = document.name or document.content
        try:
            file = self._target.put(
                collection.original(document), name, "documents", collection.name
            )
        except (DamagedData, OSError) as error:  # a sector that the disk does not give, too
            log.failure(error)
            return LossReason.DAMAGED
        self.saved.append(Saved(SalvagedKind.DOCUMENT, document.name, file, collection.name))
        return None

    def _lose(
        self,
        kind: SalvagedKind,
        name: str,
        reason: LossReason,
        collection: str = "",
        count: int = 1,
    ) -> None:
        self.lost.append(Unsaved(kind, name, reason, collection, count))
