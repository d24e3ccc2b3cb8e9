"""Slides and OpenDocument: `slides` with their `slide_graphics`; `odf` with `odf_text`."""
