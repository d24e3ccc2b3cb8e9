"""One way through the window a role: `administrator` with mouse and keys, `editor` by the keyboard
alone, `reader` with the mouse and all that is greyed.
"""
