"""Every file that is no chat model is told what it is, whatever it is called."""

import gzip
import io
import pickle
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.errors import LaretsError, UnusableModel
from app.domain.models.model import ModelShape
from app.domain.progress import NoControl
from app.engines.base import Opening
from app.engines.inspection import architectures
from app.engines.inspection.model_file import require_chat_model, require_fetched
from app.engines.llama.opening import open_chat
from app.engines.llama.smoke_test import try_model
from app.services.wording import Wording
from tests.engines.inspection.model_files import CHAT, TOKENS, WEIGHTS, Keys, chat, gguf, without
from tests.tiny_gguf import TINY, write_adapter, write_tiny

RESOURCES = Path(__file__).parents[3] / "resources"
BERT: Keys = {"general.architecture": "bert", "bert.context_length": 512}
CLIP: Keys = {"general.architecture": "clip", "clip.has_vision_encoder": True}


def refused(path: Path) -> UnusableModel:
    with pytest.raises(UnusableModel) as caught:
        require_chat_model(str(path))
    return caught.value


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"\1" * 100)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("model.gguf"))
    return out.getvalue()


KINDS: dict[str, tuple[type[UnusableModel], dict[str, object], bytes]] = {
    "projector": (errors.ProjectorModel, {}, gguf(CLIP, {"v.patch_embd.weight": (4, 8)})),
    "audio projector": (
        errors.ProjectorModel, {},
        gguf(chat(general__type="mmproj", clip__has_audio_encoder=True)),
    ),
    "projector by its tensors": (
        errors.ProjectorModel, {},
        gguf({"general.architecture": "x"}, {"v.blk.0.q": (4, 4), "mm.0.weight": (4, 4)}),
    ),
    "adapter without tensors": (
        errors.AdapterAsModel, {}, gguf(chat(general__type="adapter", adapter__type="lora"), {})
    ),
    "adapter by its tensors": (
        errors.AdapterAsModel, {},
        gguf(CHAT, {"blk.0.attn_q.weight.lora_a": (4, 2), "blk.0.attn_q.weight.lora_b": (2, 4)}),
    ),
    "control vector": (
        errors.OtherPurpose, {"purpose": "controlvector"},
        gguf({"general.architecture": "controlvector"}, {"direction.1": (8,)}),
    ),
    "importance matrix": (
        errors.OtherPurpose, {"purpose": "imatrix"}, gguf({"general.type": "imatrix"}),
    ),
    "embedding of an encoder": (errors.EmbeddingGguf, {}, gguf({**CHAT, **BERT})),
    "embedding of a decoder": (
        errors.EmbeddingGguf, {},
        gguf(chat(general__architecture="qwen3", qwen3__pooling_type=3)),
    ),
    "embedding that looks both ways": (
        errors.EmbeddingGguf, {},
        gguf(chat(llama__attention__causal=False), {"token_embd.weight": (32, 5)}),
    ),
    "reranker by its pooling": (
        errors.RerankerGguf, {}, gguf({**CHAT, **BERT, "bert.pooling_type": 4})
    ),
    "reranker by its head": (
        errors.RerankerGguf, {},
        gguf(chat(general__architecture="qwen3"), {**WEIGHTS, "cls.output.weight": (32, 2)}),
    ),
    "no tokenizer": (errors.NoTokenizer, {}, gguf(without("tokenizer"))),
    "tokenizer of no kind": (errors.NoTokenizer, {}, gguf(chat(tokenizer__ggml__model="no_vocab"))),
    "tokenizer without merges": (errors.NoTokenizer, {}, gguf(chat(tokenizer__ggml__model="gpt2"))),
    "vocabulary alone": (errors.NoWeights, {}, gguf(CHAT, {})),
    "short context": (
        errors.ShortContext, {"tokens": 100, "least": 256}, gguf(chat(llama__context_length=100))
    ),
    "first version": (errors.OtherGgufVersion, {"version": 1}, gguf(version=1)),
    "later version": (errors.OtherGgufVersion, {"version": 4}, gguf(version=4)),
    "big-endian": (errors.OtherByteOrder, {}, gguf(order=">")),
    "big-endian mark": (errors.OtherByteOrder, {}, b"FUGG" + gguf(order=">")[4:]),
    "unknown quantisation": (errors.UnknownQuantisation, {"type": 137}, gguf(kind=137)),
    "second part": (
        errors.LonePart, {"part": 2, "count": 3}, gguf({"split.no": 1, "split.count": 3})
    ),
    "page": (errors.WebPage, {}, b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "page after a comment": (
        errors.WebPage, {}, b"\xef\xbb\xbf\n<!-- x -->\n<HTML lang='ru'><head>",
    ),
    "page after many comments": (errors.WebPage, {}, b"<!-- -->" * 300 + b"<div class='error'>"),
    "comments alone": (errors.TextFile, {"start": "<!-- -->" * 7 + "<!--…"}, b"<!-- -->" * 300),
    "page in UTF-16": (errors.WebPage, {}, "<html><title>Вход</title>".encode("utf-16")),
    "page of XHTML": (errors.WebPage, {}, b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''>"),
    "message": (errors.TextFile, {"start": "Entry not found"}, b"Entry not found\n"),
    "message in JSON": (errors.TextFile, {"start": '{"error":1}'}, b'{"error":1}'),
    "LFS pointer": (
        errors.PointerFile, {"needed": 4920734272},
        b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 4920734272\n",
    ),
    "LFS pointer of Windows": (
        errors.PointerFile, {"needed": 77},
        b"version https://git-lfs.github.com/spec/v1\r\noid sha256:aa\r\nsize 77\r\n",
    ),
    "Xet pointer": (
        errors.PointerFile, {"needed": 500}, b"# xet version 0\nfilesize = 500\nhash = 'aa'\n"
    ),
    "annex pointer": (errors.PointerFile, {"needed": "?"}, b"/annex/objects/SHA256E-s9--aa.gguf\n"),
    "safetensors": (
        errors.OtherWeights, {"format": "safetensors"},
        b"\x20" + bytes(7) + b'{"a":{"dtype":"F32"}}           ' + bytes(9),
    ),
    "torch": (errors.OtherWeights, {"format": "PyTorch"}, zipped("archive/data.pkl", "a/data/0")),
    "torch, pickle last": (
        errors.OtherWeights, {"format": "PyTorch"},
        zipped(*(f"m/data/{number}" for number in range(60)), "m/data.pkl"),
    ),
    "old torch": (errors.OtherWeights, {"format": "PyTorch"}, pickle.dumps({"a": 1}, protocol=2)),
    "NumPy": (errors.OtherWeights, {"format": "NumPy"}, zipped("weights.npy")),
    "ONNX": (errors.OtherWeights, {"format": "ONNX"}, b"\x08\x08\x12\x07pytorch" + bytes(9)),
    "Keras": (errors.OtherWeights, {"format": "HDF5 (Keras)"}, b"\x89HDF\r\n\x1a\n" + bytes(90)),
    "GGJT": (errors.OldModelFormat, {"format": "GGJT v3"}, b"tjgg\3\0\0\0" + bytes(90)),
    "GGML": (errors.OldModelFormat, {"format": "GGML"}, b"lmgg\0\x7d\0\0" + bytes(90)),
    "ZIP": (errors.ArchivedModel, {"format": "ZIP"}, zipped("model.gguf")),
    "GZIP": (errors.ArchivedModel, {"format": "GZIP"}, gzip.compress(gguf())),
    "TAR": (errors.ArchivedModel, {"format": "TAR"}, tarred()),
    "empty": (errors.EmptyModel, {"present": 0}, b""),
    "zeros": (errors.EmptyModel, {"present": 9000}, bytes(9000)),
    "picture": (errors.NoModelFile, {}, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(90)),
    "one byte": (errors.NoModelFile, {}, b"\x08"),
    "three bytes": (errors.CutModel, {"present": 3, "needed": 24}, b"GGU"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_told_what_it_is(tmp_path: Path, kind: str) -> None:
    error, facts, content = KINDS[kind]
    path = tmp_path / "My model.gguf"
    path.write_bytes(content)
    told = refused(path)
    assert (type(told), told.facts) == (error, {"name": "My model.gguf", **facts})
    for language in ("ru", "en"):
        sentence = Wording(RESOURCES, language).of(told)
        assert "…" not in sentence.what.replace("…”", "").replace("…»", "")
        assert "My model.gguf" in sentence.what


def test_a_chat_model_is_one(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for content in (
        gguf(),
        gguf(version=2),
        gguf(chat(general__type="model", llama__pooling_type=0)),
        gguf(chat(llama__attention__causal=False)),  # a diffusion model
        gguf(chat(tokenizer__ggml__model="gpt2", tokenizer__ggml__merges=("a b",))),
    ):
        path.write_bytes(content)
        assert require_chat_model(str(path)) == "llama"


def test_one_cut_anywhere_says_how_much_is_there(tmp_path: Path) -> None:
    whole = gguf()
    path = tmp_path / "cut.gguf"
    for kept in (4, 20, 24, 100, 250, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:kept])
        facts = refused(path).facts
        assert facts["present"] == kept
        assert kept < int(facts["needed"]) <= len(whole)
    assert refused(path).facts["needed"] == len(whole)


def test_lengths_that_no_header_has_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "bad.gguf"
    whole = bytearray(gguf())
    for at in (8, 16, 24):  # tensors, keys, length of the first key
        path.write_bytes(bytes(whole[:at]) + b"\xff" * 8 + bytes(whole[at + 8 :]))
        assert type(refused(path)) is errors.DamagedModel


def test_a_large_header_takes_no_time(tmp_path: Path) -> None:
    path = tmp_path / "large.gguf"
    path.write_bytes(gguf({**CHAT, "tokenizer.ggml.tokens": TOKENS * 50_000}))
    began = time.monotonic()
    require_chat_model(str(path))
    assert time.monotonic() - began < 2


def test_parts_are_asked_for_by_name(tmp_path: Path) -> None:
    first, second = (tmp_path / f"m-0000{number}-of-00002.gguf" for number in (1, 2))
    parted = gguf(chat(split__no=0, split__count=2), {"token_embd.weight": (32, 5)})
    rest = gguf({"split.no": 1, "split.count": 2}, {"output.weight": (32, 5)})
    first.write_bytes(parted)
    assert refused(first).facts == {"name": first.name, "count": 2, "missing": second.name}
    second.write_bytes(rest[:-9])
    assert type(refused(first)) is errors.CutModel
    assert refused(first).facts["name"] == second.name
    second.write_bytes(parted)
    assert type(refused(first)) is errors.PartMissing
    second.write_bytes(b"<html>")
    assert type(refused(first)) is errors.WebPage
    second.write_bytes(rest)
    assert require_chat_model(str(first)) == "llama"
    renamed = first.rename(tmp_path / "renamed.gguf")
    assert refused(renamed).facts == {"name": "renamed.gguf", "part": 1, "count": 2}


def test_an_adapter_as_training_writes_it(tmp_path: Path) -> None:
    path = write_adapter(tmp_path / "model.gguf", TINY)
    assert type(refused(path)) is errors.AdapterAsModel


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing):
        require_chat_model(str(tmp_path / "nothing.gguf"))


def test_architectures_are_those_of_the_library() -> None:
    known = ("llama", "qwen2", "qwen3", "bert", "gemma3", "rwkv7")
    assert all(map(architectures.is_known, known))
    assert not any(map(architectures.is_known, ("plamo9", "flux", "ma3", "(unknown)", "")))


def test_a_new_architecture_is_named_at_each_way_in(tmp_path: Path) -> None:
    path = tmp_path / "new.gguf"
    path.write_bytes(gguf(chat(general__architecture="plamo9")))
    opening = Opening(str(path), ModelShape(path.stat().st_size), use_graphics=False)
    for use in (lambda: try_model(str(path)), lambda: open_chat(opening, NoControl())):
        with pytest.raises(errors.UnknownArchitecture) as caught:
            use()
        assert caught.value.facts == {"name": "new.gguf", "architecture": "plamo9"}


def test_a_model_of_the_workspace_that_was_cut_meanwhile(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "tiny.gguf")
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: size // 2])
    with pytest.raises(errors.CutModel) as caught:
        open_chat(Opening(str(path), ModelShape(size), use_graphics=False), NoControl())
    assert caught.value.facts["present"] == size // 2


def test_weights_of_a_folder_that_were_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    require_fetched(path)
    path.write_bytes(KINDS["safetensors"][2])
    require_fetched(path)
    path.write_bytes(KINDS["LFS pointer"][2])
    with pytest.raises(LaretsError) as caught:
        require_fetched(path)
    assert type(caught.value) is errors.PointerFile
