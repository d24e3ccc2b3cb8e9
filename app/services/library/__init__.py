"""Collections and their documents; the way in is `service.LibraryService`.

`open_collections` holds every collection that the profile may read, an `OpenCollection` each; those
of a server have the same acts (`collection`). A file goes `found_files` (what is there) → the
reading queue → `parsing` (hash, read, split, stage; parts of an archive or a mail by `held_parts`)
→ `ingest` (embed, let into the search), each stage timed by a `stopwatch`.
What a user removed stays `aside` as long as that can be taken back; `relocating` moves documents
into another collection.
`watching` looks at folders, `databases` at servers, `attachments` are the files of one
conversation.
"""
