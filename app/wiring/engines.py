"""The concrete engines: named here and nowhere else."""

from app.engines.base import Engines


def real_engines() -> Engines:
    from app.engines import bare_loop, embedder, hardware, opening, reranker, trainer, trial

    return Engines(
        survey=hardware.survey,
        open_chat=opening.open_chat,
        open_embedder=embedder.SentenceEmbedder,
        open_reranker=reranker.CrossEncoderReranker,
        inspect=trial.try_model,
        try_adapter=trial.try_adapter,
        open_bare=bare_loop.LlamaBareLoop,
        require_trainable=trainer.require_trainable,
        weight_forms=trainer.weight_forms,
        start_training=trainer.Trainer,
        start_plain_training=trainer.plain_trainer,
    )
