"""What can go wrong around an adapter's file beside what is a ModelError in errors.py."""

from app.domain.errors import ModelError


class UnknownSigner(ModelError):
    """`name`: of the file; `fingerprint` of a signature that nobody has accepted here."""

    code = "unknown-signer"
