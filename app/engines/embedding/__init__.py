"""`embedder`: texts to vectors. `reranker`: question and passage read together. Both on torch."""
