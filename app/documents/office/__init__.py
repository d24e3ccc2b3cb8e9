"""Slides and OpenDocument: `slides` with their `slide_graphics`; `odf` with `odf_text` and
`odf_names`; `embedded_files` that stand in an Office file as objects.
"""
