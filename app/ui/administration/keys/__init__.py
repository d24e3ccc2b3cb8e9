"""Keys with which other programs ask: the list (`keys`), a new one (`new_access_key`) and how it is
shown once (`shown_key`), with the `example` of a program.
"""
