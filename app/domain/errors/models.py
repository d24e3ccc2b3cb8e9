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


class DamagedModel(ModelError):
    """`name`: the file is cut short, is not what it claims, or its hash has changed."""

    code = "damaged-model"


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
