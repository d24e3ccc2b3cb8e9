"""Ed25519 keys of adapter files: the workspace's own, made when it is first needed, and those whose
signatures were accepted. Public keys are told in hexadecimal digits."""

import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import insert, select

from app.domain.models.adapter_files import Trust
from app.store.database import Database
from app.store.schema import signers

SIGNATURE_BYTES = 64
#: What is signed begins so, or a signature given for one purpose could serve another.
_PURPOSE = b"larets/1/adapter-file\0"


class SignerStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def own(self) -> str:
        """The workspace's public key; made now if there is none."""
        return self._own().public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> bytes:
        """Sign data with the workspace's own key (Ed25519)."""
        return self._own().sign(_PURPOSE + data)

    def trust(self, public: str) -> Trust:
        with self._workspace.transaction() as connection:
            query = select(signers.c.secret).where(signers.c.public == public)
            row = connection.execute(query).first()
        if row is None:
            return Trust.UNKNOWN
        return Trust.KNOWN if row.secret is None else Trust.OWN

    def accept(self, public: str) -> None:
        """Know it from now on; one that is known already stays as it is."""
        with self._workspace.transaction() as connection:
            connection.execute(
                insert(signers)
                .prefix_with("OR IGNORE")
                .values(public=public, since=time.time(), secret=None)
            )

    def _own(self) -> Ed25519PrivateKey:
        with self._workspace.change() as connection:
            query = select(signers.c.secret).where(signers.c.secret.is_not(None))
            secret = connection.execute(query).scalar()
            if secret is None:
                made = Ed25519PrivateKey.generate()
                secret, public = made.private_bytes_raw(), made.public_key().public_bytes_raw()
                connection.execute(
                    insert(signers).values(public=public.hex(), since=time.time(), secret=secret)
                )
        return Ed25519PrivateKey.from_private_bytes(secret)


def is_signed(data: bytes, signature: bytes, public: str) -> bool:
    """Whether that key has signed these bytes as an adapter file."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(signature, _PURPOSE + data)
    except (InvalidSignature, ValueError):
        return False
    return True
