"""What can go wrong around a local model or an adapter."""

from app.domain.errors.base import LaretsError


class ModelError(LaretsError):
    code = "model"


class NoChatModel(ModelError):
    code = "no-chat-model"


class NoEmbeddingModel(ModelError):
    code = "no-embedding-model"


class OtherEmbeddingModel(ModelError):
    """`name`: the model in use, `stored`: the one that the library was indexed with."""

    code = "other-embedding-model"


class UnusableModel(ModelError):
    """`name`: no questions can be asked of the file; what it is instead, its classes say."""

    code = "unusable-model"


class DamagedModel(UnusableModel):
    """`name`: something in the file is missing or wrong, and nothing more is known."""

    code = "damaged-model"


class CutModel(UnusableModel):
    """`name`: it breaks off; bytes that are `present`, and that are `needed` at least."""

    code = "cut-model"


class EmptyModel(UnusableModel):
    """`name`: nothing but zeros stands in it, if anything; bytes that are `present`."""

    code = "empty-model"


class PointerFile(UnusableModel):
    """`name`: Git LFS, Xet or git-annex left it in place of a file that was not fetched; bytes
    that are `needed`, "?" where it does not say."""

    code = "pointer-file"


class WebPage(UnusableModel):
    """`name`: HTML that a server sent in place of the file."""

    code = "web-page"


class TextFile(UnusableModel):
    """`name`: a text, with its `start`."""

    code = "text-file"


class NoModelFile(UnusableModel):
    """`name`: nothing that is known."""

    code = "no-model-file"


class ArchivedModel(UnusableModel):
    """`name`: an archive of that `format`."""

    code = "archived-model"


class OtherWeights(UnusableModel):
    """`name`: weights in a `format` that llama.cpp does not load."""

    code = "other-weights"


class OldModelFormat(UnusableModel):
    """`name`: one of the formats before GGUF, `format`."""

    code = "old-model-format"


class OtherGgufVersion(UnusableModel):
    """`name`, `version` of GGUF that llama.cpp does not read."""

    code = "other-gguf-version"


class OtherByteOrder(UnusableModel):
    """`name`: written for big-endian computers."""

    code = "other-byte-order"


class LonePart(UnusableModel):
    """`name`: it is `part` of `count`, and does not lead to the others."""

    code = "lone-part"


class PartMissing(UnusableModel):
    """`name`: the first of `count` parts; `missing` names one that is not there or is another
    file."""

    code = "part-missing"


class ProjectorModel(UnusableModel):
    """`name`: the part of a vision or audio model that looks and listens (mmproj)."""

    code = "projector-model"


class AdapterAsModel(UnusableModel):
    """`name`: LoRA weights without the model that they change."""

    code = "adapter-as-model"


class OtherPurpose(UnusableModel):
    """`name`: a GGUF that says it is a `purpose` and no model."""

    code = "other-purpose"


class EmbeddingGguf(UnusableModel):
    """`name`: it makes vectors of texts and writes none."""

    code = "embedding-gguf"


class RerankerGguf(UnusableModel):
    """`name`: it scores passages and writes no text."""

    code = "reranker-gguf"


class UnknownArchitecture(UnusableModel):
    """`name`, `architecture` that this llama.cpp does not know."""

    code = "unknown-architecture"


class UnknownQuantisation(UnusableModel):
    """`name`, number of a ggml `type` that this llama.cpp does not know."""

    code = "unknown-quantisation"


class NoTokenizer(UnusableModel):
    """`name`: its vocabulary is missing or not whole."""

    code = "no-tokenizer"


class NoWeights(UnusableModel):
    """`name`: a header, maybe with a vocabulary, and no tensor."""

    code = "no-weights"


class ShortContext(UnusableModel):
    """`name`: it says that it was trained for so many `tokens`; `least` are needed."""

    code = "short-context"


class NoModelHere(ModelError):
    """`name`: the folder in which no model was found."""

    code = "no-model-here"


class ModelMissing(ModelError):
    """`name`."""

    code = "model-missing"


class ModelInUse(ModelError):
    """`name`: it answers at present and cannot be removed."""

    code = "model-in-use"


class OutOfMemory(ModelError):
    """`name`: the model loads, but there is no memory for its context."""

    code = "out-of-memory"


class EmbeddingFailed(ModelError):
    """`name`: the process that computes with this embedding model or reranker broke down."""

    code = "embedding-failed"


class NeedsTrainingPart(ModelError):
    """`name`: an embedding model or reranker that torch alone computes with, and the part of the
    program that holds it is not installed."""

    code = "needs-training-part"


class DamagedAdapter(ModelError):
    """`name`: not an adapter, or not for this model's shape."""

    code = "damaged-adapter"


class OtherBaseModel(ModelError):
    """`name`: the adapter was trained from another model file."""

    code = "other-base-model"


class AdapterMissing(ModelError):
    """`name`."""

    code = "adapter-missing"


class OtherArchitecture(ModelError):
    """`name`, `architecture`: it can be asked, and not be trained from."""

    code = "other-architecture"


class OtherQuantisation(ModelError):
    """`name`, `quantisation`: it can be asked, and not be trained from."""

    code = "other-quantisation"


class NotExportable(ModelError):
    """`variant` of LoRA: llama.cpp would load it and apply it wrongly."""

    code = "not-exportable"


class ModelChanged(ModelError):
    """`name`: the file is not the one that was added."""

    code = "model-changed"


class PromptTooLong(ModelError):
    """`tokens`, `limit`."""

    code = "prompt-too-long"


class UnknownSigner(ModelError):
    """`name`: of the file; `fingerprint` of a signature that nobody has accepted here."""

    code = "unknown-signer"


class ModelServerError(ModelError):
    code = "model-server"


class ModelServerAway(ModelServerError):
    """`name` of the model, `server`: none of its servers answers."""

    code = "model-server-away"


class ModelServerRefused(ModelServerError):
    """`name` of the model, `reason`: a server answers, and not with what was asked for."""

    code = "model-server-refused"


class ModelServerAddress(ModelServerError):
    """`reason`: what is not right about an address."""

    code = "model-server-address"


class ModelOnServer(ModelServerError):
    """`name`: its weights lie on a server, and this works with a file of this computer."""

    code = "model-on-server"
