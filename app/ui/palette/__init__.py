"""One field over everything (Ctrl+K); the way in is `palette.Palette`.

`entry` is a line that can be chosen, `lines` are those of an open profile, `ranking` finds the ones
that are meant, `keyboard` reads what was typed in the other layout.
"""
