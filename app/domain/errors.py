"""Every failure that is expected, as one tree that carries facts and no sentences.

    LaretsError
    ├── Cancelled                      silent: the user asked for it
    ├── VaultError                     the encrypted store
    │   ├── WrongPassword · WrongRecoveryKey · TooManyAttempts · WeakPassword
    │   ├── ProfileMissing · ProfileExists
    │   ├── DamagedData · RolledBack · NewerSchema · WorkspaceInUse · StorageFull · StorageDenied
    ├── DocumentError                  one file could not be read; the others go on
    │   ├── FileMissing · FileDenied · FileChanging · UnknownFormat · OldWordFormat · DamagedFile
    │   ├── EmptyDocument · NoText · NoRecognition · PasswordNeeded · FileTooLarge
    │   ├── ReaderCrashed · ReaderTimedOut · DatabaseUnreachable · DatabaseRefused
    │   ├── DocumentMissing
    ├── CollectionError                CollectionMissing · FolderUnreachable
    ├── ConversationError              ConversationMissing · AssistantMissing · SummaryMissing
    ├── NameTaken                      of a collection, an assistant, a template
    ├── ModelError                     a local model
    │   ├── NoChatModel · NoEmbeddingModel · OtherEmbeddingModel · DamagedModel
    │   ├── NoModelHere · ModelMissing · ModelInUse · ModelChanged · OutOfMemory · PromptTooLong
    │   ├── DamagedAdapter · OtherBaseModel · AdapterMissing
    │   ├── OtherArchitecture · OtherQuantisation · NotExportable
    ├── TrainingError                  an adapter's training
    │   ├── TrainingMissing · TrainingBusy · TooFewRows · TrainingStopped
    │   ├── OtherRowFormat · NoRows · NoFourBit
    ├── TranscriptError                a conversation as a file
    │   ├── AnswerMissing · OtherExport
    │   ├── DamagedTranscript · NewerTranscript · TranscriptTooLarge
    └── AccessDenied                   the role does not allow the act

Wording lives in resources/messages.*.toml under each class's `code`; the public attributes named
in `facts` fill its placeholders. Anything that is not in this tree is a bug.
"""

from typing import ClassVar


class LaretsError(Exception):
    """Base of the tree. `code` names the sentence; `facts` are its placeholders' values."""

    code: ClassVar[str]

    def __init__(self, **facts: str | int | float) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class Cancelled(LaretsError):
    code = "cancelled"


class VaultError(LaretsError):
    code = "vault"


class WrongPassword(VaultError):
    """`profile`, and `wait` in seconds before the next try is accepted."""

    code = "wrong-password"


class WrongRecoveryKey(VaultError):
    """`profile`: mistyped, or another profile's key."""

    code = "wrong-recovery-key"


class TooManyAttempts(VaultError):
    """`profile`, `wait`: seconds that still have to pass."""

    code = "too-many-attempts"


class WeakPassword(VaultError):
    """`least`: the smallest number of characters."""

    code = "weak-password"


class ProfileMissing(VaultError):
    """`profile`."""

    code = "profile-missing"


class ProfileExists(VaultError):
    """`profile`."""

    code = "profile-exists"


class DamagedData(VaultError):
    """`path`: authentication or an integrity check failed there."""

    code = "damaged-data"


class RolledBack(VaultError):
    """`path`: a workspace that was put back to an earlier state, or whose log was cut."""

    code = "rolled-back"


class NewerSchema(VaultError):
    """`path`, `found`: written by a later version of the program."""

    code = "newer-schema"


class WorkspaceInUse(VaultError):
    """`path`: another running program holds the workspace."""

    code = "workspace-in-use"


class StorageFull(VaultError):
    """`path`: no space left on its disk."""

    code = "storage-full"


class StorageDenied(VaultError):
    """`path`: no permission to read or write there."""

    code = "storage-denied"


class DocumentError(LaretsError):
    """One document's failure. `name` is the file's name."""

    code = "document"


class FileMissing(DocumentError):
    code = "file-missing"


class FileDenied(DocumentError):
    code = "file-denied"


class FileChanging(DocumentError):
    """Somebody wrote to it while it was read."""

    code = "file-changing"


class UnknownFormat(DocumentError):
    code = "unknown-format"


class OldWordFormat(DocumentError):
    """A .doc of Word 97 to 2003, which no reader opens without Word or LibreOffice."""

    code = "old-word-format"


class DamagedFile(DocumentError):
    code = "damaged-file"


class EmptyDocument(DocumentError):
    code = "empty-document"


class NoText(DocumentError):
    """Pages without any text, and recognition found none on their pictures either."""

    code = "no-text"


class NoRecognition(DocumentError):
    """A scan, and the data that text recognition needs is not there."""

    code = "no-recognition"


class PasswordNeeded(DocumentError):
    code = "password-needed"


class FileTooLarge(DocumentError):
    """`limit`: in words that a user reads, such as "512 MB" or "10000 pages"."""

    code = "file-too-large"


class ReaderCrashed(DocumentError):
    code = "reader-crashed"


class ReaderTimedOut(DocumentError):
    """`seconds`."""

    code = "reader-timed-out"


class DatabaseUnreachable(DocumentError):
    """`name`: its address without the password."""

    code = "database-unreachable"


class DatabaseRefused(DocumentError):
    """`name`: its address without the password; `reason` in the database's own words."""

    code = "database-refused"


class DocumentMissing(DocumentError):
    """`name`: the id that is not in the library."""

    code = "document-missing"


class CollectionError(LaretsError):
    """A collection of documents. `name`."""

    code = "collection"


class CollectionMissing(CollectionError):
    code = "collection-missing"


class FolderUnreachable(CollectionError):
    """`name`: a watched folder that is not there, or empty where files were."""

    code = "folder-unreachable"


class ConversationError(LaretsError):
    """A conversation or who answers in it. `name`."""

    code = "conversation"


class ConversationMissing(ConversationError):
    """`name`: the id that no conversation has, or not any more."""

    code = "conversation-missing"


class AssistantMissing(ConversationError):
    """`name`: what no assistant is called, or not any more."""

    code = "assistant-missing"


class NameTaken(LaretsError):
    """`name`: what another of its kind is called, or empty."""

    code = "name-taken"


class ModelError(LaretsError):
    code = "model"


class NoChatModel(ModelError):
    code = "no-chat-model"


class NoEmbeddingModel(ModelError):
    code = "no-embedding-model"


class OtherEmbeddingModel(ModelError):
    """`name`: the model in use, `stored`: the one that the library was indexed with."""

    code = "other-embedding-model"


class DamagedModel(ModelError):
    """`name`: the file is cut short, is not what it claims, or its hash has changed."""

    code = "damaged-model"


class NoModelHere(ModelError):
    """`name`: the folder in which no model was found."""

    code = "no-model-here"


class ModelMissing(ModelError):
    """`name`."""

    code = "model-missing"


class ModelInUse(ModelError):
    """`name`: it answers at present and cannot be removed."""

    code = "model-in-use"


class OutOfMemory(ModelError):
    """`name`: the model loads, but there is no memory for its context."""

    code = "out-of-memory"


class DamagedAdapter(ModelError):
    """`name`: not an adapter, or not for this model's shape."""

    code = "damaged-adapter"


class OtherBaseModel(ModelError):
    """`name`: the adapter was trained from another model file."""

    code = "other-base-model"


class AdapterMissing(ModelError):
    """`name`."""

    code = "adapter-missing"


class OtherArchitecture(ModelError):
    """`name`, `architecture`: it can be asked, and not be trained from."""

    code = "other-architecture"


class OtherQuantisation(ModelError):
    """`name`, `quantisation`: it can be asked, and not be trained from."""

    code = "other-quantisation"


class NotExportable(ModelError):
    """`variant` of LoRA: llama.cpp would load it and apply it wrongly."""

    code = "not-exportable"


class ModelChanged(ModelError):
    """`name`: the file is not the one that was added."""

    code = "model-changed"


class PromptTooLong(ModelError):
    """`tokens`, `limit`."""

    code = "prompt-too-long"


class TranscriptError(LaretsError):
    """`name`: the file's, or of a conversation its id."""

    code = "transcript"


class AnswerMissing(TranscriptError):
    code = "answer-missing"


class OtherExport(TranscriptError):
    """A suffix that no conversation is written with."""

    code = "other-export"


class DamagedTranscript(TranscriptError):
    """No conversation, or one that somebody changed."""

    code = "damaged-transcript"


class NewerTranscript(TranscriptError):
    """`found`: the version that it was written in."""

    code = "newer-transcript"


class TranscriptTooLarge(TranscriptError):
    """`limit`: in words that a user reads, such as "64 MB"."""

    code = "transcript-too-large"


class AccessDenied(LaretsError):
    """`role`, `act`."""

    code = "access-denied"


def every_error() -> list[type[LaretsError]]:
    """All classes of the tree, parents first."""
    from app.domain import adapter_errors, training_errors  # branches in files of their own

    assert adapter_errors
    assert training_errors
    found: list[type[LaretsError]] = [LaretsError]
    for error in found:
        found.extend(error.__subclasses__())
    return found[1:]
