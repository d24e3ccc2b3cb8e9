"""The concrete engines: named here and nowhere else."""

from functools import partial

from app.engines.base import Engines


def real_engines() -> Engines:
    from app.engines import hardware
    from app.engines.embedding.remote import RemoteEmbedder, RemoteReranker
    from app.engines.embedding.runner import EmbeddingProcess
    from app.engines.llama import bare_loop, opening, smoke_test
    from app.engines.served.chat_model import open_served
    from app.engines.training import trainer

    embedding = EmbeddingProcess()
    return Engines(
        survey=hardware.survey,
        open_chat=opening.open_chat,
        open_served=open_served,
        open_embedder=partial(RemoteEmbedder, embedding),
        open_reranker=partial(RemoteReranker, embedding),
        inspect=smoke_test.try_model,
        try_adapter=smoke_test.try_adapter,
        open_bare=bare_loop.LlamaBareLoop,
        require_trainable=trainer.require_trainable,
        weight_forms=trainer.weight_forms,
        start_training=trainer.Trainer,
        start_plain_training=trainer.plain_trainer,
        begin_embedding=embedding.start,
        end_embedding=embedding.end,
    )
