"""Two answers without names, way in `dialog.BlindDialog`: `side` chooses who answers, `pane` shows
an answer, `results` what was counted, `words` say it, `overview` is read for all of them.
"""
