"""The concrete engines: named here and nowhere else."""

from app.engines.base import Engines


def real_engines() -> Engines:
    from app.engines import hardware
    from app.engines.embedding import embedder, reranker
    from app.engines.llama import bare_loop, opening, smoke_test
    from app.engines.training import trainer

    return Engines(
        survey=hardware.survey,
        open_chat=opening.open_chat,
        open_embedder=embedder.SentenceEmbedder,
        open_reranker=reranker.CrossEncoderReranker,
        inspect=smoke_test.try_model,
        try_adapter=smoke_test.try_adapter,
        open_bare=bare_loop.LlamaBareLoop,
        require_trainable=trainer.require_trainable,
        weight_forms=trainer.weight_forms,
        start_training=trainer.Trainer,
        start_plain_training=trainer.plain_trainer,
    )
