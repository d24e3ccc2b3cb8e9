"""`html` with `html_table`, mails (`mail`, `outlook`, many in a `mailbox`), books (`book`: EPUB,
`fiction_book`: FB2).
"""
