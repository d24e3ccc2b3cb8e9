"""The way to a server over the network: TLS whose certificate is checked, or none at all."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.errors import DepartmentRefused, DepartmentUnreachable
from app.processes.relay import CERTIFICATE
from tests import department_tls
from tests.certificates import HOST, certificate
from tests.department_server import DepartmentServer
from tests.services.conftest import House

Front = Callable[[str], int]


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
