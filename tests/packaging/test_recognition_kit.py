"""The recognition data: known bytes only, from the system or a package, or a plain word."""

import hashlib
import subprocess
from pathlib import Path

import pytest
import recognition_kit
from recognition_kit import Language

DATA = b"traineddata"


@pytest.fixture
def language() -> Language:
    digest = hashlib.sha256(DATA).hexdigest()
    return Language("tesseract-ocr-rus", "rus.traineddata", len(DATA), digest, "Apache-2.0")


def no_package(_package: str, _folder: Path) -> bool:
    return False


def installed(system: Path, data: bytes) -> Path:
    folder = system / "5" / "tessdata"
    folder.mkdir(parents=True)
    (folder / "rus.traineddata").write_bytes(data)
    return system


def package_of(data: bytes, scratch: Path) -> recognition_kit.Fetch:
    """Stands in for apt-get: makes a real Debian package that carries `data`."""

    def fetch(package: str, folder: Path) -> bool:
        tree = scratch / "tree"
        installed(tree / "usr" / "share" / "tesseract-ocr", data)
        (tree / "DEBIAN").mkdir()
        fields = f"Package: {package}\nVersion: 1\nArchitecture: all\nMaintainer: m <m@m>\n"
        (tree / "DEBIAN" / "control").write_text(fields + "Description: data\n")
        command = ["dpkg-deb", "-b", str(tree), str(folder / "data.deb")]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    return fetch


def test_installed_data_is_copied(tmp_path: Path, language: Language) -> None:
    system = installed(tmp_path / "system", DATA)
    assert recognition_kit.lay_out(language, tmp_path / "kit", system, no_package)
    assert (tmp_path / "kit" / "rus.traineddata").read_bytes() == DATA
    (system / "5" / "tessdata" / "rus.traineddata").unlink()
    assert recognition_kit.lay_out(language, tmp_path / "kit", system, no_package)


def test_other_data_of_that_name_is_refused(tmp_path: Path, language: Language) -> None:
    system = installed(tmp_path / "system", DATA[::-1])
    assert not recognition_kit.lay_out(language, tmp_path / "kit", system, no_package)
    assert not (tmp_path / "kit").exists()


@pytest.mark.skipif(not Path("/usr/bin/dpkg-deb").exists(), reason="packages are Debian's")
def test_package_is_unpacked(tmp_path: Path, language: Language) -> None:
    fetch = package_of(DATA, tmp_path)
    assert recognition_kit.lay_out(language, tmp_path / "kit", tmp_path / "none", fetch)
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["rus.traineddata"]


def test_absence_is_said_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not recognition_kit.make(tmp_path, no_package, tmp_path / "none")
    said = capsys.readouterr().out
    assert "scans will not be recognised" in said
    assert "tesseract-ocr-rus tesseract-ocr-eng" in said
