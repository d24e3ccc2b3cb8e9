"""The kit: made, checked by its own scripts, installed, updated, taken back and removed.

Its program here is a small script that answers as `larets doctor` does; the frozen program itself
is tried in test_frozen.py.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import deb
import kit
import models_kit
import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="its scripts are for a POSIX shell")

WORKS = '#!/bin/sh\necho \'{"checks": [{"name": "libraries", "passed": true}]}\'\n'
BROKEN = "#!/bin/sh\nexit 127\n"
SYSTEM = f"linux-{os.uname().machine}" if os.name != "nt" else ""


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return new_key(tmp_path / "key.pem")


def new_key(path: Path) -> Path:
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], check=True)
    return path


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes a kit; `time` is that of its commit, `program` the script inside."""

    def models(folder: Path, _chosen: object) -> None:
        (folder / "tiny").mkdir(parents=True, exist_ok=True)
        (folder / "tiny" / "model.json").write_text("{}")
        (folder / "tiny" / "tiny.gguf").write_bytes(b"GGUF" * 1000)

    def make(
        name: str, *, time: int = 100, program: str = WORKS, system: str = SYSTEM, key: Path | None
    ) -> Path:
        bundle = tmp_path / f"bundle-{name}"
        (bundle / "licences" / "numpy").mkdir(parents=True)
        (bundle / "licences" / "numpy" / "LICENSE").write_text("BSD")
        icons = bundle / "_internal" / "resources" / "icons"
        icons.mkdir(parents=True)
        (icons / "larets.svg").write_text("<svg/>")
        about = {
            "version": "0.1.0",
            "commit": str(time).ljust(40, "0"),
            "time": time,
            "system": system,
        }
        (bundle / "bundle.json").write_text(json.dumps(about, indent=2))
        component = {"name": "numpy", "version": "2.4.6", "licence": "BSD-3-Clause",
                     "origin": "pypi"}  # fmt: skip
        (bundle / "inventory.json").write_text(json.dumps([component]))
        (bundle / "larets").write_text(program)
        (bundle / "larets").chmod(0o755)
        kit.make(tmp_path / name, bundle, (), portable=False, key=key)
        return tmp_path / name

    monkeypatch.setattr(kit, "add_models", models)
    monkeypatch.setattr(kit, "add_samples", lambda _to: None)
    return make


def verify(folder: Path, *key: Path) -> subprocess.CompletedProcess[str]:
    command = [folder / "verify.sh", *key]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_kit_is_whole_and_says_who_signed_it(made: Callable[..., Path], key: Path) -> None:
    folder = made("kit", key=key)
    said = verify(folder)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Signature: good" in said.stdout
    listed = json.loads((folder / "sbom.cdx.json").read_text())
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["components"][0]["purl"] == "pkg:pypi/numpy@2.4.6"
    assert json.loads((folder / "kit.json").read_text())["models"] == ["tiny"]


def test_every_kind_of_damage_is_named(made: Callable[..., Path], key: Path) -> None:
    whole = made("kit", key=key)
    acts: dict[str, Callable[[Path], object]] = {
        "models/tiny/tiny.gguf": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0"),
        "program/larets": Path.unlink,
        "program/more": Path.touch,
    }
    for place, act in acts.items():
        copy = whole.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        act(copy / place)
        said = verify(copy)
        assert said.returncode == 1, place
        assert place in said.stdout, said.stdout


def test_a_list_that_was_changed_has_a_wrong_signature(
    made: Callable[..., Path], key: Path
) -> None:
    folder = made("kit", key=key)
    sums = folder / "SHA256SUMS"
    (folder / "program" / "more").write_text("bad")
    added = f"{models_kit.sha256_of(folder / 'program' / 'more')}  ./program/more\n"
    sums.write_text(sums.read_text() + added)
    said = verify(folder)
    assert said.returncode == 1
    assert "WRONG" in said.stdout


def test_an_expected_signer_must_be_the_signer(
    made: Callable[..., Path], key: Path, tmp_path: Path
) -> None:
    signed, unsigned = made("kit", key=key), made("unsigned", key=None)
    public = signed / "signing-key.pub"
    assert verify(signed, public).returncode == 0
    assert verify(unsigned).returncode == 0, "without a signature damage is still found"
    assert verify(unsigned, public).returncode == 1
    other = made("other", key=new_key(tmp_path / "other.pem"))
    assert verify(other, public).returncode == 1


def test_data_of_a_portable_kit_is_its_users(made: Callable[..., Path], key: Path) -> None:
    folder = made("kit", key=key)
    (folder / "data" / "collections").mkdir(parents=True)
    (folder / "data" / "collections" / "one.db").write_bytes(b"mine")
    assert verify(folder).returncode == 0


def test_a_key_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    wrong = tmp_path / "rsa.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "rsa", "-out", wrong], check=True)
    with pytest.raises(kit.KitFailed, match="not an Ed25519 key"):
        kit.signing_key(wrong)
    (tmp_path / "text.pem").write_text("no key")
    with pytest.raises(kit.KitFailed, match="not a private key"):
        kit.signing_key(tmp_path / "text.pem")


class Home:
    """A user's home, in which the kit's script installs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / ".local/share/larets-program"
        self.data = folder / ".local/share/larets"
        folder.mkdir()

    def run(
        self, kit: Path, *arguments: str, typed: str = "", path: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [kit / "install.sh", *arguments], capture_output=True, text=True, check=False,
            input=typed, timeout=60,
            env={"HOME": str(self.folder), "PATH": f"{os.environ['PATH']}{path}"},
        )  # fmt: skip

    @property
    def version(self) -> int:
        about = json.loads((self.program / "current" / "kit.json").read_text())
        return int(about["time"])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_it_is_installed_without_root_and_starts_from_the_menu(
    made: Callable[..., Path], key: Path, home: Home
) -> None:
    folder = made("kit", key=key)
    said = home.run(folder)
    assert said.returncode == 0, said.stdout + said.stderr
    program = home.folder / ".local/bin/larets"
    done = subprocess.run([program, "doctor"], capture_output=True, text=True, check=True)
    assert "libraries" in done.stdout
    entry = (home.folder / ".local/share/applications/larets.desktop").read_text()
    assert f'Exec="{home.program}/current/larets" %f' in entry
    assert (home.data / "models" / "tiny" / "tiny.gguf").is_file()
    assert "already" in home.run(folder).stdout


def test_the_last_words_name_a_path_that_lacks_the_program(
    made: Callable[..., Path], key: Path, home: Home
) -> None:
    assert "is not in PATH" in home.run(made("old", time=100, key=key)).stdout
    bin_folder = f":{home.folder}/.local/bin"
    newer = home.run(made("new", time=200, key=key), path=bin_folder)
    assert newer.returncode == 0
    assert "PATH" not in newer.stdout


def test_an_update_can_be_taken_back(made: Callable[..., Path], key: Path, home: Home) -> None:
    home.run(made("old", time=100, key=key))
    newer = made("new", time=200, key=key)
    assert home.run(newer).returncode == 0
    assert home.version == 200
    assert home.run(newer, "--back").returncode == 0
    assert home.version == 100
    assert home.run(newer, "--back").returncode == 0
    assert home.version == 200


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("older", "older than what is installed"),
        ("stranger", "WRONG"),
        ("unsigned", "none"),
        ("system", "This kit is for plan9-mips"),
        ("broken", "does not start"),
        ("damaged", "program/larets"),
    ],
)
def test_what_is_no_update_changes_nothing(
    made: Callable[..., Path], key: Path, home: Home, tmp_path: Path, what: str, says: str
) -> None:
    home.run(made("old", time=100, key=key))
    if what == "older":
        folder = made("new", time=50, key=key)
    elif what == "stranger":
        folder = made("new", time=200, key=new_key(tmp_path / "stranger.pem"))
    elif what == "unsigned":
        folder = made("new", time=200, key=None)
    elif what == "system":
        folder = made("new", time=200, system="plan9-mips", key=key)
    elif what == "broken":
        folder = made("new", time=200, program=BROKEN, key=key)
    else:
        folder = made("new", time=200, key=key)
        (folder / "program" / "larets").write_text(WORKS + "\n")
    said = home.run(folder)
    assert said.returncode == 1
    assert says in said.stdout + said.stderr
    assert home.version == 100
    assert len(list((home.program / "versions").iterdir())) == 1, "nothing half-made is left"


@pytest.mark.parametrize(("typed", "kept"), [("", True), ("delete\n", True), ("DELETE\n", False)])
def test_uninstalling_asks_about_the_data(
    made: Callable[..., Path], home: Home, typed: str, *, kept: bool
) -> None:
    folder = made("kit", key=None)
    home.run(folder)
    (home.data / "workspace.db").write_bytes(b"mine")
    said = home.run(folder, "--uninstall", typed=typed)
    assert said.returncode == 0, said.stderr
    assert not home.program.exists()
    assert not (home.folder / ".local/bin/larets").is_symlink()
    assert home.data.exists() is kept


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="makes a package of Debian")
def test_the_debian_package_brings_the_program_its_menu_entry_and_its_file_type(
    made: Callable[..., Path], tmp_path: Path
) -> None:
    package = deb.make(made("kit", key=None), tmp_path / "out")
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True)
    names = {line.split()[5] for line in listed.stdout.splitlines()}
    for place in (
        "opt/larets/program/larets", "opt/larets/models/tiny/tiny.gguf",
        "usr/share/applications/larets.desktop", "usr/share/mime/packages/larets.xml",
        "usr/share/icons/hicolor/scalable/apps/larets.svg", "usr/bin/larets",
        "usr/share/metainfo/larets.metainfo.xml", "usr/share/doc/larets/copyright",
    ):  # fmt: skip
        assert f"./{place}" in names, place
    assert not {name for name in names if "verify" in name or name.endswith("/portable")}
