"""Word documents: `docx` walks the body with what `docx_text`, `docx_table`, `docx_numbering`,
`docx_notes`, `docx_graphics` and `docx_chunks` know of its parts; `docx_symbols` knows the signs of
other fonts, `docx_unseen` hides print that nobody sees.
"""
