"""What pages have in common: news, dropped files, files to write, undo, what a role may do; `later`
makes them when they are first reached, `slices` does the window thread's work in steps,
`due_backups` looks every hour.
"""
