"""What a library holds: `documents` (blocks, locators, passages, documents, collections), `tables`
and `cells` of sheets and their `sheet_grid`, `watching` folders, addresses of `databases`.
"""
