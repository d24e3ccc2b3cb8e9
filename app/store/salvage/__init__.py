"""What can still be read of a damaged workspace; nothing of it is changed.

`damaged` reads the rows of a database around the pages that fail; `remains` knows where the
databases of a workspace and their copies lie, and with which keys they open; `conversations` and
`documents` are what these give.
"""
