"""Passages for a question; the way in is `service.RetrievalService.find`.

Dense and sparse retriever over every open collection, fused, boosted by document, the first of them
read again (`rereading`), reordered by `reranking` where a cross-encoder is installed, widened by
neighbours to `segments`. `passage_sets` are passages that are kept together and found again for
similar questions.
"""
