"""Office files up to 2003: `compound` opens what holds them, `word` reads text out of a `word_file`
with its `word_formats` and `word_notes`, `slides` a show out of its `slide_records`.
"""
