"""`plain` text in whatever encoding, `markdown`, `json_file`, `rtf` by its control words
(`rtf_text`).
"""
