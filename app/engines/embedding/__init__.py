"""All on torch, in a process of its own; `remote` is what the program holds, `runner` starts that
process and asks it, `wire` says how.

`process` is the child: `embedder` (texts to vectors), `late_interaction` (passages read again by
their token vectors), `reranker` (question and passage read together). `batches` says how much goes
over at a time.
"""
