"""Word documents: `docx` walks the body with what `docx_text`, `docx_table`, `docx_numbering`,
`docx_notes` and `docx_chunks` know of its parts.
"""
