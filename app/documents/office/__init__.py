"""Slides and OpenDocument: `slides` with their `slide_graphics`; `odf` with `odf_text` and
`odf_names`; `slide_unseen` and `odf_unseen` take out print that nobody sees; `embedded_files` that
stand in an Office file as objects.
"""
