"""Make a Debian package from a kit: packaging/linux/deb.py --kit DIR --to DIR.

Everything lies in /opt/larets, models too; a menu entry, an icon, the file type of transfer files
and AppStream data lead there. Data of users is never touched: `apt purge` says where it lies.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = Path("opt/larets")
#: What stays with the kit: its own checks, and the data of a portable one.
_LEFT = ("data", "larets-demo", "portable", "verify.sh", "verify.ps1", "install.sh", "README.txt")
_LEFT_NAMES = (*_LEFT, "SHA256SUMS", "SHA256SUMS.sig", "signing-key.pub")
#: What the window asks the system for; everything else is inside.
DEPENDS = "libc6 (>= 2.36), libgl1, libegl1, libxcb1, libx11-6, fontconfig"
_PROCESSORS = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: larets
Version: {version}
Architecture: {processor}
Maintainer: The Larets authors <larets@localhost>
Installed-Size: {size}
Depends: {depends}
Section: misc
Priority: optional
Description: ask your own documents, offline
 Larets answers questions from the documents of an office, with citations, by a
 language model that runs on the computer itself. Everything is encrypted, and
 no network connection is ever opened.
"""
POSTRM = """\
#!/bin/sh
set -e
if [ "$1" = purge ]; then
    echo "larets: documents and conversations of each user are still in ~/.local/share/larets."
    echo "larets: whoever wants them gone deletes that folder."
fi
"""


def make(kit: Path, to: Path) -> Path:
    """The package, whole or not at all. `CalledProcessError` when dpkg-deb fails."""
    about = json.loads((kit / "kit.json").read_text(encoding="utf-8"))
    processor = _PROCESSORS[about["system"].partition("-")[2]]
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to) as scratch:
        tree = Path(scratch) / "tree"
        _lay_out(kit, tree)
        size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir())
        version = f"{about['version']}+{about['time']}"
        control = CONTROL.format(
            version=version, processor=processor, size=size // 1024, depends=DEPENDS
        )
        (tree / "DEBIAN").mkdir(mode=0o755)
        (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
        (tree / "DEBIAN" / "postrm").write_text(POSTRM, encoding="utf-8")
        (tree / "DEBIAN" / "postrm").chmod(0o755)
        package = Path(scratch) / "package.deb"
        command = [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            "-z1",
            "--build",
            str(tree),
            str(package),
        ]
        environment = {"SOURCE_DATE_EPOCH": str(about["time"]), "PATH": "/usr/bin:/bin"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        target = to / f"larets_{version}_{processor}.deb"
        package.replace(target)
    return target


def _lay_out(kit: Path, tree: Path) -> None:
    home = tree / HOME
    shutil.copytree(
        kit, home, symlinks=True,
        ignore=lambda folder, _names: _LEFT_NAMES if Path(folder) == kit else (),
    )  # fmt: skip
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/larets").symlink_to(f"/{HOME}/larets")
    icon = home / "program" / "_internal" / "resources" / "icons" / "larets.svg"
    for source, target in {
        home / "larets.desktop": "applications/larets.desktop",
        home / "larets-mime.xml": "mime/packages/larets.xml",
        icon: "icons/hicolor/scalable/apps/larets.svg",
        HERE / "larets.metainfo.xml": "metainfo/larets.metainfo.xml",
        home / "licences" / "LARETS-AGPL-3.0.txt": "doc/larets/copyright",
    }.items():
        place = tree / "usr/share" / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def main() -> int:
    parser = argparse.ArgumentParser(prog="deb.py", description="Make a Debian package of a kit.")
    parser.add_argument("--kit", type=Path, required=True, metavar="DIR")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    arguments = parser.parse_args()
    try:
        print(make(arguments.kit.resolve(), arguments.to.resolve()))
    except subprocess.CalledProcessError as error:
        print(f"dpkg-deb: {error.stderr.decode(errors='replace').strip()}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The package could not be made: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
