"""Passages by words and by meaning; the way in is `passage_index.PassageIndex`.

`words` makes stems, `vector_index` keeps `vector_layers` in step with the database: a graph that
never changes (`vector_graph`, built by `graph_building` in a process of its own, kept encrypted by
`index_snapshot`), what went from it and what came after it (`vector_rows`). The truth is in the
database (`stored_vectors`, `passage_rows`). `bare_search` is the yardstick of `larets bench index`.
"""
