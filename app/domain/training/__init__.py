"""Training an adapter: `training` (settings, status, report), `lifecycle` (which state follows
which), `rows` and what is done with them: `row_checks`, `row_formats`, `row_split`, `row_summary`,
`row_writing`.
"""
