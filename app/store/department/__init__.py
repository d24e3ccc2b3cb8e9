"""The second store: collections on a department's PostgreSQL server, read as local ones are.

`server` connects, `founding` makes and renews the tables, `people` holds who joined and who may
what. A collection there is read by a `library` and its `index`, filled by `sending`; `queue` is
what waits for a worker. `sealing` keeps texts and originals from whoever runs the server,
`keyed_words` its words; `shared_rows` are its rows as values, `copying` takes them from a local
collection and back.
"""
