"""`html` with `html_table` and `html_elements`, mails (`mail`, `outlook`, many in a `mailbox`; what
Outlook wraps: `tnef`), books (`book`: EPUB,
`fiction_book`: FB2).
"""
