"""Backups: a folder of encrypted packs, indexes and snapshots that a password opens anywhere.

Written in the order data, index, snapshot and removed in the reverse, as restic does: a power cut
leaves what nothing names, never a name of what is not there. A snapshot is the commit.

stored          what the files of a repository hold, and how they are sealed
holders         who may open one: its key, sealed for every administrator
repository      the folder: its lock, indexes, snapshots, chunks
packing         chunks gathered into packs, read back before an index names them
sources, steady what of a workspace is copied, and how a file stands still meanwhile
snapshot        taking one          checking   is everything there and unchanged?
rotation        which snapshots go, and the packs that none needs any more
restoring       files and whole workspaces put back
parts           one collection, conversation or profile put back
"""
