"""Whether a file is a chat model at all, and what it is instead, by its header alone.

llama.cpp refuses whatever it cannot run without a reason that helps; so this is asked first. Names
of files decide nothing here, except where llama.cpp finds the parts of a model by them.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import (
    AdapterAsModel,
    CutModel,
    EmbeddingGguf,
    EmptyModel,
    FileDenied,
    FileMissing,
    LonePart,
    ModelError,
    NoTokenizer,
    NoWeights,
    OtherPurpose,
    PartMissing,
    PointerFile,
    ProjectorModel,
    RerankerGguf,
    ShortContext,
    UnknownArchitecture,
    WebPage,
)
from app.domain.models.model import parts
from app.engines.inspection import architectures, foreign_file, gguf_layout
from app.engines.inspection.gguf_layout import GgufLayout

#: Tokens of the least context that a model is opened with.
LEAST_CONTEXT = 256
#: llama_pooling_type of what makes one vector of a text, and of what scores one.
_VECTOR_POOLING, _SCORE_POOLING = (1, 2, 3), 4
#: Architectures that only encode call themselves so; "pangu-embedded" does not.
_ENCODER = re.compile(r"bert|embedding|embed$|encoder", re.IGNORECASE)
#: How the tensors of a projector begin: vision, audio, what joins them to the model.
_PROJECTOR_TENSORS = ("v.", "a.", "mm.")
_LORA_TENSORS = (".lora_a", ".lora_b")
_NO_TOKENIZER = ("", "none", "no_vocab")


def require_chat_model(path: str) -> str:
    """The architecture of a file, with all its parts, that llama.cpp may be given to load. Reads
    the header and no weights. An `UnusableModel` of its kind, `FileMissing`, `FileDenied`.

    Whether llama.cpp knows the architecture is not asked; see `require_known`."""
    layout = _layout(path)
    name = os.path.basename(path)
    _require_first(layout, name)
    if (refused := _other_kind(layout, name)) is not None:
        raise refused
    tensors = _require_whole(path, layout)
    if not tensors:
        raise NoWeights(name=name)
    if not _has_tokenizer(layout):
        raise NoTokenizer(name=name)
    context = layout.own("context_length")
    if context is not None and context < LEAST_CONTEXT:
        raise ShortContext(name=name, tokens=context, least=LEAST_CONTEXT)
    return layout.architecture


def require_known(architecture: str, name: str) -> None:
    """`UnknownArchitecture`. Where no other thread loads a model."""
    if not architectures.is_known(architecture):
        raise UnknownArchitecture(name=name, architecture=architecture or "?")


def require_fetched(path: Path) -> None:
    """That weights beside an embedding model's settings, where they are there, are no pointer, page
    or empty file. `PointerFile`, `WebPage`, `EmptyModel`, `FileMissing`, `FileDenied`."""
    if not path.exists():
        return
    with _opened(str(path)) as file:
        refused = foreign_file.refusal(file, path.name)
    if isinstance(refused, PointerFile | WebPage | EmptyModel):
        raise refused


def _layout(path: str) -> GgufLayout:
    name = os.path.basename(path)
    with _opened(path) as file:
        if file.read(len(gguf_layout.MAGIC)) != gguf_layout.MAGIC:
            raise foreign_file.refusal(file, name)
        return gguf_layout.read(file, name)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """A disk that fails meanwhile is one whose file is not there."""
    try:
        with Path(path).open("rb") as file:
            yield file
    except PermissionError as error:
        raise FileDenied(name=os.path.basename(path)) from error
    except OSError as error:
        raise FileMissing(name=os.path.basename(path)) from error


# -- parts ----------------------------------------------------------------------------------------


def _part(layout: GgufLayout) -> tuple[int, int]:
    """Which part of how many, from 1."""
    return (layout.number("split.no") or 0) + 1, layout.number("split.count") or 1


def _require_first(layout: GgufLayout, name: str) -> None:
    part, count = _part(layout)
    if part > 1:
        raise LonePart(name=name, part=part, count=count)


def _require_whole(path: str, first: GgufLayout) -> int:
    """How many tensors it has with all its parts. `CutModel`, `PartMissing`, `LonePart`."""
    _require_length(path, first)
    _, count = _part(first)
    if count == 1:
        return len(first.tensors)
    files = parts(path)
    if len(files) != count:  # llama.cpp looks for the others by this one's name
        raise LonePart(name=os.path.basename(path), part=1, count=count)
    tensors = len(first.tensors)
    for number, file in enumerate(files[1:], start=2):
        missing = os.path.basename(file)
        if not os.path.exists(file):
            raise PartMissing(name=os.path.basename(path), count=count, missing=missing)
        layout = _layout(file)
        if _part(layout) != (number, count):
            raise PartMissing(name=os.path.basename(path), count=count, missing=missing)
        _require_length(file, layout)
        tensors += len(layout.tensors)
    return tensors


def _require_length(path: str, layout: GgufLayout) -> None:
    if layout.size < layout.needed:
        raise CutModel(name=os.path.basename(path), present=layout.size, needed=layout.needed)


# -- kinds ----------------------------------------------------------------------------------------


def _other_kind(layout: GgufLayout, name: str) -> ModelError | None:
    """What the file is, None for a chat model."""
    purpose = layout.text("general.type")
    if _is_adapter(layout, purpose):
        return AdapterAsModel(name=name)
    if _is_projector(layout, purpose):
        return ProjectorModel(name=name)
    if layout.architecture in ("controlvector", "imatrix"):
        return OtherPurpose(name=name, purpose=layout.architecture)
    if purpose not in ("", "model"):
        return OtherPurpose(name=name, purpose=purpose)
    if _is_reranker(layout):
        return RerankerGguf(name=name)
    return EmbeddingGguf(name=name) if _is_embedding(layout) else None


def _is_adapter(layout: GgufLayout, purpose: str) -> bool:
    lora = bool(layout.tensors) and all(each.endswith(_LORA_TENSORS) for each in layout.tensors)
    return purpose == "adapter" or "adapter.type" in layout.scalars or lora


def _is_projector(layout: GgufLayout, purpose: str) -> bool:
    tensors = layout.tensors
    return (
        purpose == "mmproj"
        or layout.architecture == "clip"
        or any(key.startswith("clip.") for key in layout.scalars)
        or (bool(tensors) and all(each.startswith(_PROJECTOR_TENSORS) for each in tensors))
    )


def _is_reranker(layout: GgufLayout) -> bool:
    return (
        layout.own("pooling_type") == _SCORE_POOLING
        or f"{layout.architecture}.classifier.output_labels" in layout.lists
        or any(each.startswith("cls.") for each in layout.tensors)
    )


def _is_embedding(layout: GgufLayout) -> bool:
    if layout.own("pooling_type") in _VECTOR_POOLING or _ENCODER.search(layout.architecture):
        return True
    # Diffusion models look both ways as well, and have a head that writes tokens.
    causal = layout.scalars.get(f"{layout.architecture}.attention.causal", True)
    return not causal and bool(layout.tensors) and "output.weight" not in layout.tensors


def _has_tokenizer(layout: GgufLayout) -> bool:
    kind = layout.text("tokenizer.ggml.model")
    merges = kind != "gpt2" or "tokenizer.ggml.merges" in layout.lists
    tokens = layout.lists.get("tokenizer.ggml.tokens", 0)
    return kind not in _NO_TOKENIZER and bool(tokens) and merges
