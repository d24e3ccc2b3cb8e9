"""Word documents: `docx` walks the body (`docx_text`, `docx_table`, `docx_numbering`,
`docx_notes`), `rtf` the control words (`rtf_text`).
"""
