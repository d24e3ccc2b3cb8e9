"""The card before everything: `page` unlocks a profile, `recovery` helps when the password is
forgotten; `password_field` is a field with an eye, `strength_line` says what a new
password is worth.
"""
