"""The way to a server over the network: TLS whose certificate is checked, or none at all."""

import datetime
import subprocess
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.domain.errors import DepartmentRefused, DepartmentUnreachable
from app.processes.relay import CERTIFICATE
from tests import department_tls
from tests.department_server import DepartmentServer
from tests.services.conftest import House

HOST = "127.0.0.1"
Front = Callable[[str], int]


def certificate(folder: Path, host: str = HOST, *, days: int = 1) -> str:
    """A self-signed certificate with its key, for that host; `days` below 0 for an expired one."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=2))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}-{days}-{len(list(folder.iterdir()))}.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(path)


@pytest.fixture
def front(postgres: DepartmentServer) -> Iterator[Front]:
    """Puts TLS with a certificate before the server, "-" for none; its port."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(pem: str) -> int:
        behind = str(postgres.socket / ".s.PGSQL.5432")
        words = [sys.executable, department_tls.__file__, pem, behind]
        process = subprocess.Popen(words, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        return int(process.stdout.readline())

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def member(open_house: Callable[..., House]) -> House:
    house = open_house("Anna")
    house.services.administration.policies.decide("department", "on")
    return house


def test_a_department_over_the_network(
    member: House, postgres: DepartmentServer, front: Front, tmp_path: Path
) -> None:
    pem = certificate(tmp_path)
    url = f"postgresql://postgres@{HOST}:{front(pem)}/{postgres.new_database()}?sslrootcert={pem}"
    membership = member.services.department.membership
    told = membership.found(url)
    assert told.server.startswith(HOST)
    member.services.department.collections.create("Rules")
    assert [each.name for each in membership.status().collections] == ["Rules"]


@pytest.mark.parametrize("kind", ["expired", "of another host", "unknown", "none"])
def test_a_server_that_cannot_prove_itself_gets_nothing(
    member: House, postgres: DepartmentServer, front: Front, tmp_path: Path, kind: str
) -> None:
    good = certificate(tmp_path)
    shown = {
        "expired": certificate(tmp_path, days=-1),
        "of another host": certificate(tmp_path, "127.0.0.2"),
        "unknown": certificate(tmp_path),
        "none": "-",
    }[kind]
    trusted = good if kind in ("unknown", "none") else shown
    url = f"postgresql://postgres@{HOST}:{front(shown)}/postgres?sslrootcert={trusted}"
    with pytest.raises(DepartmentRefused) as told:
        member.services.department.membership.found(url)
    assert CERTIFICATE in str(told.value.facts["reason"])


def test_where_nobody_listens_the_server_does_not_answer(member: House, tmp_path: Path) -> None:
    url = f"postgresql://postgres@{HOST}:1/postgres?sslrootcert={certificate(tmp_path)}"
    with pytest.raises(DepartmentUnreachable):
        member.services.department.membership.found(url)
