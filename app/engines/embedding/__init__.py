"""In a process of its own; `remote` is what the program holds, `runner` starts that process and
asks it, `wire` says how.

`process` is the child: `embedder` (texts to vectors on torch) or, where that is not installed,
`llama_embedder` (the same on llama.cpp, from the file that `bert_gguf` writes into memory),
`late_interaction` (passages read again by their token vectors, which `torch_tokens` or llama.cpp
computes), `reranker` (question and passage read together). `tokens` counts, `batches` says how much
goes over at a time.
"""
