"""Word documents: `docx` walks the body (`docx_text`, `docx_table`, `docx_numbering`,
`docx_notes`, `docx_chunks`), `rtf` the control words (`rtf_text`).
"""
