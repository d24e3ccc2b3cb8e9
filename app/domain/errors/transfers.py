"""What can go wrong with a file in which a collection travels."""

from app.domain.errors.base import LaretsError


class TransferError(LaretsError):
    code = "transfer"


class NotATransfer(TransferError):
    """`name`: a file of another kind."""

    code = "not-a-transfer"


class NewerTransfer(TransferError):
    """`name`, `found`: written by a later version of the program."""

    code = "newer-transfer"


class WrongPassphrase(TransferError):
    """`name`: it does not open with that passphrase; one changed bit in its head looks the same."""

    code = "wrong-passphrase"


class DamagedTransfer(TransferError):
    """`name`: cut or changed after it was written."""

    code = "damaged-transfer"


class ForgedTransfer(TransferError):
    """`name`: not signed by the key that it names as its sender's."""

    code = "forged-transfer"


class OtherSender(TransferError):
    """`name`, `found`, `expected`: signed by another key than the one that was to be."""

    code = "other-sender"


class UnsoundTransfer(TransferError):
    """`name`, `part`: whole and signed, but not as such a file has to be."""

    code = "unsound-transfer"
