"""What a library holds: `documents` (blocks, locators, passages, documents, collections), the
`reading` report of what was read of them and what was not, `tables`
and `cells` of sheets and their `sheet_grid`, `watching` folders, addresses of `databases`.
"""
