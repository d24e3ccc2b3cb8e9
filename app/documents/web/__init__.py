"""`html` with `html_table`, mails (`mail`, `outlook`, many in a `mailbox`), books (`book`), and
`archive`: ZIP files.
"""
