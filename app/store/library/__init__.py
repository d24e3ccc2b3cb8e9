"""One collection's documents; the way in is `library.LibraryStore`.

`reading_queue` is what waits, `staging` what is read and not searchable yet, `places` where files
were seen, `originals` their encrypted bytes, `opened` those that another program shows; `arriving`
takes a whole document in that was read elsewhere.
`document_rows` makes documents of rows. `sheet_query` runs one query over one table, in a database
of its own, after `select_parts` has looked at what it reads.
"""
