"""`embedder`: texts to vectors. `late_interaction`: passages read again by their token vectors.
`reranker`: question and passage read together. All on torch.
"""
