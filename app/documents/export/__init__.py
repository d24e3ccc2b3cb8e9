"""Answers and conversations on their way out: `answer` parses into `blocks`, `layout` arranges, and
`docx` (with `docx_paper`, `docx_styles`, `docx_xml`), `pdf`, `markdown`, `transcript_json` write.
`direction` is that of a text; `tables` are written as workbooks and CSV.
"""
