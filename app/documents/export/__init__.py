"""Answers and conversations on their way out: `answer` parses, `layout` arranges, and `docx`,
`pdf`, `markdown`, `transcript_json` write.
"""
