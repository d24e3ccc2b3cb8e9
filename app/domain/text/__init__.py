"""Plain text, whatever it is about: its `language`, its `sentences`, `shortening` it, near
`duplicates`, `personal` data by its form, and `injection`, text that gives orders to a model.
"""
