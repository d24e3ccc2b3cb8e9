"""What can go wrong with a backup, beside the disk and the passwords."""

from app.domain.errors.base import LaretsError


class BackupError(LaretsError):
    code = "backup"


class NotABackup(BackupError):
    """`path`: a folder that holds other things, or nothing where a backup was looked for."""

    code = "not-a-backup"


class OtherBackup(BackupError):
    """`path`, `profile`: the backup's key was sealed for none of that name who may have it."""

    code = "other-backup"


class BackupInUse(BackupError):
    """`path`: another run works on it."""

    code = "backup-in-use"


class BackupInside(BackupError):
    """`path`: a folder inside the data that is to be backed up, or the other way round."""

    code = "backup-inside"


class DamagedBackup(BackupError):
    """`path`: missing there, cut, or changed."""

    code = "damaged-backup"


class NewerBackup(BackupError):
    """`path`, `found`: written by a later version of the program."""

    code = "newer-backup"


class SnapshotMissing(BackupError):
    """`name`: what was asked for; it names no snapshot, or several."""

    code = "snapshot-missing"


class NotInBackup(BackupError):
    """`name`: a collection, profile or conversation that the snapshot does not hold."""

    code = "not-in-backup"


class OthersProfile(BackupError):
    """`profile`: what it holds is encrypted for its owner alone."""

    code = "others-profile"


class FormerPassword(BackupError):
    """`profile`: what is restored opens with the password of its day."""

    code = "former-password"


class FolderNotEmpty(BackupError):
    """`path`: a place for restored data that holds something."""

    code = "folder-not-empty"


class DatabaseBusy(BackupError):
    """`path`: a database that was written to at every attempt to copy it."""

    code = "database-busy"
