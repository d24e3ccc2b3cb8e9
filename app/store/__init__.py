"""The encrypted databases and files: the only SQL, the only cipher, the only vector graphs.

keys, files     keys from passwords, wrapped; files encrypted and written atomically
database        a SQLCipher database, its transactions and migrations      schema   its tables
index           passages by words and by meaning          library   documents of a collection
settings        a profile's own, by name      reserve   room for a deletion on a full disk
chat, memory, models
                what a profile or a workspace keeps       vault     profiles and who holds which key
department      collections on a PostgreSQL server, sealed from whoever runs it
backup          snapshots of all of it in an encrypted folder
transfer        one collection in an encrypted, signed file
salvage         what can still be read of a damaged workspace
stand_in        for a workspace on a medium that cannot be written to
storage         what takes room, and what of it may be removed
"""
