"""A collection as one file that is encrypted with a passphrase and signed by its sender.

    "LARETS-TRANSFER\\n"
    4 bytes, big endian: the length of the head
    the head, JSON: version, id, and the key of the file, wrapped by the passphrase (Argon2id)
    the body, chunks of AES-256-GCM as `files` writes them: all members, one after the other
    the manifest with its signature (Ed25519), one box of AES-256-GCM
    8 bytes, big endian: the length of that box; "LARETS-E"

The manifest names the members in their order, with size and SHA-256, so one signature covers all:

    documents.jsonl               a document a line: its facts, tags and reading report
    passages/000001.jsonl         a passage a line, in the order of documents and places
    vectors/000001.safetensors    "vectors", F16, a row for each of these passages that has one
    originals/<document>          the file as it was added

It stands at the end since a collection of 10 GB is read once, and is read first: whoever takes a
file in sees who sent it before anything is taken. Nothing is compressed, so nothing swells; no name
in it is a path here; SQLite files, indexes and pickles are neither written nor read.

layout    what members hold, and what is refused
sealed    the file: passphrase, body, manifest, signature
writing   a collection's rows and originals as members
taking    members into a new collection
"""
