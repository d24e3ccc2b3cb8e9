"""The real program on a screen of its own, led by mouse and keyboard and seen as a screen reader
has it: `screen` starts Xvfb, a window manager and the program, `screen_reader` reads over AT-SPI,
`eyes` ask it, `hands` act, `tour` takes steps, `roles` are the ways, `dump` has a talk told.
"""
