"""Every failure that is expected, as one tree that carries facts and no sentences.

    LaretsError
    ├── Cancelled                      silent: the user asked for it
    ├── VaultError                     the encrypted store
    │   ├── WrongPassword · WrongRecoveryKey · TooManyAttempts · WeakPassword
    │   ├── ProfileMissing · ProfileExists
    │   ├── DamagedData · NewerSchema · WorkspaceInUse · StorageFull · StorageDenied
    │   ├── ReadOnlyMedium · HoldsCollections
    │   ├── DataUnreachable
    ├── DocumentError                  one file could not be read; the others go on
    │   ├── FileMissing · UnreadableName · FileDenied · FileChanging · UnknownFormat
    │   ├── OldWordFormat · DamagedFile
    │   ├── EmptyDocument · NoText · NoRecognition · PasswordNeeded · FileTooLarge · UnreadArchive
    │   ├── ReaderCrashed · ReaderTimedOut · DatabaseUnreachable · DatabaseRefused
    │   ├── DocumentMissing
    ├── CollectionError                CollectionMissing · ReadOnlyCollection · FolderUnreachable
    ├── ConversationError              a conversation, or who answers in it
    │   ├── ConversationMissing · AssistantMissing · SummaryMissing · VersionMissing
    │   ├── ExamQuestionMissing · ExpectsNothing · NoExamQuestions · NothingToCompare
    │   ├── PlacesWithoutValue
    │   ├── TemplateMissing · NotAnAssistant
    ├── NameTaken                      of a collection, an assistant, a template
    ├── ModelError                     a local model
    │   ├── NoChatModel · NoEmbeddingModel · OtherEmbeddingModel
    │   ├── UnusableModel              a file that no question can be asked of
    │   │   ├── DamagedModel · CutModel · EmptyModel · PointerFile · WebPage · TextFile
    │   │   ├── NoModelFile · ArchivedModel · OtherWeights · OldModelFormat · OtherGgufVersion
    │   │   ├── OtherByteOrder · LonePart · PartMissing · ProjectorModel · AdapterAsModel
    │   │   ├── OtherPurpose · EmbeddingGguf · RerankerGguf · UnknownArchitecture
    │   │   ├── UnknownQuantisation · NoTokenizer · NoWeights · ShortContext
    │   ├── NoModelHere · ModelMissing · ModelInUse · ModelChanged · OutOfMemory · PromptTooLong
    │   ├── DamagedAdapter · OtherBaseModel · AdapterMissing · UnknownSigner
    │   ├── OtherArchitecture · OtherQuantisation · NotExportable · EmbeddingFailed
    │   ├── NeedsTrainingPart
    │   ├── ModelServerError           one that lies on a server of one's own network
    │   │   ├── ModelServerAway · ModelServerRefused · ModelServerAddress · ModelOnServer
    ├── TrainingError                  an adapter's training
    │   ├── TrainingMissing · TrainingBusy · TooFewRows · TrainingStopped
    │   ├── OtherRowFormat · NoRows · NoFourBit · NoTrainingPart
    ├── TranscriptError                a conversation as a file
    │   ├── AnswerMissing · OtherExport
    │   ├── DamagedTranscript · NewerTranscript · TranscriptTooLarge
    ├── NoTerminal · ForbiddenByPolicy · UnknownPolicy · PolicyValue · LastAdministrator
    ├── BackupError                    a backup, or restoring from one
    │   ├── NotABackup · OtherBackup · BackupInUse · BackupInside · DamagedBackup · NewerBackup
    │   ├── SnapshotMissing · NotInBackup · OthersProfile · FolderNotEmpty · FormerPassword
    │   ├── DatabaseBusy
    ├── TransferError                  a collection in a file
    │   ├── NotATransfer · NewerTransfer · WrongPassphrase
    │   ├── DamagedTransfer · ForgedTransfer · OtherSender · UnsoundTransfer
    ├── InterfaceError                 another program at the local interface
    │   ├── KeyRefused · OutOfScope · AccessKeyMissing · UnknownScope · AddressTaken
    │   ├── DoorAtWindow
    │   ├── ListenerLost · TooManyRequests · UnreadableRequest · ForeignHost · ForeignOrigin
    │   ├── RequestTooLarge · RequestTooSlow · NoSuchRoute
    ├── DepartmentError                a department's server
    │   ├── DepartmentUnreachable · DepartmentRefused · DepartmentAddress · NoDepartment
    │   ├── NotADepartment · DepartmentThere · UnfitServer · OtherDepartmentVersion
    │   ├── DepartmentFull · DepartmentDenied · PersonMissing · PersonManages
    │   ├── OtherFingerprint · OtherKey
    │   ├── CollectionOnServer
    └── AccessDenied                   the role does not allow the act

Wording lives in resources/messages.*.toml under each class's `code`; the public attributes named
in `facts` fill its placeholders. Anything that is not in this tree is a bug.
"""

from app.domain.errors.backups import (
    BackupError,
    BackupInside,
    BackupInUse,
    DamagedBackup,
    DatabaseBusy,
    FolderNotEmpty,
    FormerPassword,
    NewerBackup,
    NotABackup,
    NotInBackup,
    OtherBackup,
    OthersProfile,
    SnapshotMissing,
)
from app.domain.errors.base import (
    AccessDenied,
    Cancelled,
    ForbiddenByPolicy,
    LaretsError,
    LastAdministrator,
    NameTaken,
    NoTerminal,
    PolicyValue,
    UnknownPolicy,
)
from app.domain.errors.chat import (
    AnswerMissing,
    AssistantMissing,
    ConversationError,
    ConversationMissing,
    DamagedTranscript,
    ExamQuestionMissing,
    ExpectsNothing,
    NewerTranscript,
    NoExamQuestions,
    NotAnAssistant,
    NothingToCompare,
    OtherExport,
    PlacesWithoutValue,
    SummaryMissing,
    TemplateMissing,
    TranscriptError,
    TranscriptTooLarge,
    VersionMissing,
)
from app.domain.errors.department import (
    CollectionOnServer,
    DepartmentAddress,
    DepartmentDenied,
    DepartmentError,
    DepartmentFull,
    DepartmentRefused,
    DepartmentThere,
    DepartmentUnreachable,
    NoDepartment,
    NotADepartment,
    OtherDepartmentVersion,
    OtherFingerprint,
    OtherKey,
    PersonManages,
    PersonMissing,
    UnfitServer,
)
from app.domain.errors.documents import (
    CollectionError,
    CollectionMissing,
    DamagedFile,
    DatabaseRefused,
    DatabaseUnreachable,
    DocumentError,
    DocumentMissing,
    EmptyDocument,
    FileChanging,
    FileDenied,
    FileMissing,
    FileTooLarge,
    FolderUnreachable,
    NoRecognition,
    NoText,
    OldWordFormat,
    PasswordNeeded,
    ReaderCrashed,
    ReaderTimedOut,
    ReadOnlyCollection,
    UnknownFormat,
    UnreadableName,
    UnreadArchive,
)
from app.domain.errors.interface import (
    AccessKeyMissing,
    AddressTaken,
    DoorAtWindow,
    ForeignHost,
    ForeignOrigin,
    InterfaceError,
    KeyRefused,
    ListenerLost,
    NoSuchRoute,
    OutOfScope,
    RequestTooLarge,
    RequestTooSlow,
    TooManyRequests,
    UnknownScope,
    UnreadableRequest,
)
from app.domain.errors.models import (
    AdapterAsModel,
    AdapterMissing,
    ArchivedModel,
    CutModel,
    DamagedAdapter,
    DamagedModel,
    EmbeddingFailed,
    EmbeddingGguf,
    EmptyModel,
    LonePart,
    ModelChanged,
    ModelError,
    ModelInUse,
    ModelMissing,
    ModelOnServer,
    ModelServerAddress,
    ModelServerAway,
    ModelServerError,
    ModelServerRefused,
    NeedsTrainingPart,
    NoChatModel,
    NoEmbeddingModel,
    NoModelFile,
    NoModelHere,
    NotExportable,
    NoTokenizer,
    NoWeights,
    OldModelFormat,
    OtherArchitecture,
    OtherBaseModel,
    OtherByteOrder,
    OtherEmbeddingModel,
    OtherGgufVersion,
    OtherPurpose,
    OtherQuantisation,
    OtherWeights,
    OutOfMemory,
    PartMissing,
    PointerFile,
    ProjectorModel,
    PromptTooLong,
    RerankerGguf,
    ShortContext,
    TextFile,
    UnknownArchitecture,
    UnknownQuantisation,
    UnknownSigner,
    UnusableModel,
    WebPage,
)
from app.domain.errors.training import (
    NoFourBit,
    NoRows,
    NoTrainingPart,
    OtherRowFormat,
    TooFewRows,
    TrainingBusy,
    TrainingError,
    TrainingMissing,
    TrainingStopped,
)
from app.domain.errors.transfers import (
    DamagedTransfer,
    ForgedTransfer,
    NewerTransfer,
    NotATransfer,
    OtherSender,
    TransferError,
    UnsoundTransfer,
    WrongPassphrase,
)
from app.domain.errors.vault import (
    DamagedData,
    DataUnreachable,
    HoldsCollections,
    NewerSchema,
    ProfileExists,
    ProfileMissing,
    ReadOnlyMedium,
    StorageDenied,
    StorageFull,
    TooManyAttempts,
    VaultError,
    WeakPassword,
    WorkspaceInUse,
    WrongPassword,
    WrongRecoveryKey,
)

__all__ = [
    "AccessDenied", "AccessKeyMissing", "AdapterAsModel", "AdapterMissing", "AddressTaken",
    "AnswerMissing", "ArchivedModel", "AssistantMissing", "BackupError", "BackupInUse",
    "BackupInside", "Cancelled", "CollectionError", "CollectionMissing", "CollectionOnServer",
    "ConversationError", "ConversationMissing", "CutModel", "DamagedAdapter", "DamagedBackup",
    "DamagedData", "DamagedFile", "DamagedModel", "DamagedTranscript", "DamagedTransfer",
    "DataUnreachable", "DatabaseBusy", "DatabaseRefused", "DatabaseUnreachable",
    "DepartmentAddress", "DepartmentDenied", "DepartmentError", "DepartmentFull",
    "DepartmentRefused", "DepartmentThere", "DepartmentUnreachable", "DocumentError",
    "DocumentMissing", "DoorAtWindow", "EmbeddingFailed", "EmbeddingGguf", "EmptyDocument",
    "EmptyModel",
    "ExamQuestionMissing", "ExpectsNothing", "FileChanging", "FileDenied", "FileMissing",
    "FileTooLarge", "FolderNotEmpty", "FolderUnreachable", "ForbiddenByPolicy", "ForeignHost",
    "ForeignOrigin", "ForgedTransfer", "FormerPassword", "HoldsCollections", "InterfaceError",
    "KeyRefused", "LaretsError", "LastAdministrator", "ListenerLost", "LonePart", "ModelChanged",
    "ModelError", "ModelInUse", "ModelMissing", "ModelOnServer", "ModelServerAddress",
    "ModelServerAway", "ModelServerError", "ModelServerRefused", "NameTaken",
    "NeedsTrainingPart", "NewerBackup", "NewerSchema", "NewerTranscript", "NewerTransfer",
    "NoChatModel", "NoDepartment", "NoEmbeddingModel",
    "NoExamQuestions", "NoFourBit", "NoModelFile", "NoModelHere", "NoRecognition", "NoRows",
    "NoSuchRoute", "NoTerminal", "NoText", "NoTokenizer", "NoTrainingPart", "NoWeights",
    "NotABackup",
    "NotADepartment", "NotATransfer", "NotAnAssistant", "NotExportable", "NotInBackup",
    "NothingToCompare",
    "OldModelFormat", "OldWordFormat", "OtherArchitecture", "OtherBackup", "OtherBaseModel",
    "OtherByteOrder", "OtherDepartmentVersion", "OtherEmbeddingModel", "OtherExport",
    "OtherFingerprint", "OtherGgufVersion", "OtherKey", "OtherPurpose", "OtherQuantisation",
    "OtherRowFormat", "OtherSender", "OtherWeights", "OthersProfile", "OutOfMemory", "OutOfScope",
    "PartMissing", "PasswordNeeded", "PersonManages", "PersonMissing", "PlacesWithoutValue",
    "PointerFile", "PolicyValue",
    "ProfileExists",
    "ProfileMissing", "ProjectorModel", "PromptTooLong", "ReadOnlyCollection", "ReadOnlyMedium",
    "ReaderCrashed", "ReaderTimedOut", "RequestTooLarge", "RequestTooSlow", "RerankerGguf",
    "ShortContext", "SnapshotMissing", "StorageDenied", "StorageFull", "SummaryMissing",
    "TemplateMissing", "TextFile", "TooFewRows", "TooManyAttempts", "TooManyRequests",
    "TrainingBusy", "TrainingError", "TrainingMissing", "TrainingStopped", "TranscriptError",
    "TranscriptTooLarge", "TransferError", "UnfitServer", "UnknownArchitecture", "UnknownFormat",
    "UnknownPolicy", "UnknownQuantisation", "UnknownScope", "UnknownSigner", "UnreadArchive",
    "UnreadableName", "UnreadableRequest", "UnsoundTransfer", "UnusableModel", "VaultError",
    "VersionMissing", "WeakPassword", "WebPage", "WorkspaceInUse", "WrongPassphrase",
    "WrongPassword", "WrongRecoveryKey", "every_error",
]  # fmt: skip


def every_error() -> list[type[LaretsError]]:
    """All classes of the tree, parents first, without the root."""
    found: list[type[LaretsError]] = [LaretsError]
    for error in found:
        found.extend(error.__subclasses__())
    return found[1:]
