"""One collection's documents; the way in is `library.LibraryStore`.

`reading_queue` is what waits, `staging` what is read and not searchable yet, `places` where files
were seen, `originals` their encrypted bytes, `opened` those that another program shows.
`sheet_query` runs one checked query over one table, in a database of its own.
"""
