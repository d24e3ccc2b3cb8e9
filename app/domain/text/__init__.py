"""Plain text, whatever it is about: its `language`, its `sentences`, `shortening` it, near
`duplicates`, `personal` data by its form, `injection`, text that gives orders to a model (by
`injection_patterns`), and `encoded` data in letters.
"""
