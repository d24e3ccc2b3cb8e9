"""What can go wrong with one document or collection: the others go on."""

from app.domain.errors.base import LaretsError


class DocumentError(LaretsError):
    """One document's failure. `name` is the file's name."""

    code = "document"


class FileMissing(DocumentError):
    code = "file-missing"


class UnreadableName(DocumentError):
    """`name`: as far as it can be written."""

    code = "unreadable-name"


class FileDenied(DocumentError):
    code = "file-denied"


class FileChanging(DocumentError):
    """Somebody wrote to it while it was read."""

    code = "file-changing"


class UnknownFormat(DocumentError):
    code = "unknown-format"


class OldWordFormat(DocumentError):
    """A .doc of Word 95 or older, which nothing but Word or LibreOffice opens."""

    code = "old-word-format"


class UnreadArchive(DocumentError):
    """`kind`: of an archive that is not taken apart, or not with the methods in it: "RAR"."""

    code = "unread-archive"


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


class ReadOnlyCollection(CollectionError):
    """`name`: it was shared with this profile for reading."""

    code = "read-only-collection"


class CollectionMissing(CollectionError):
    code = "collection-missing"


class FolderUnreachable(CollectionError):
    """`name`: a watched folder that is not there, or empty where files were."""

    code = "folder-unreachable"
