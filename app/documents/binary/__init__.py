"""Office files in binary: `compound` opens what holds those up to 2003; `word` reads text out of a
`word_file` with its `word_formats` and `word_notes`, `slides` a show out of its `slide_records` and
`slide_shapes`; `workbook` reads XLSB by its `workbook_records`.
"""
