"""`html` with `html_table`, mails (`mail`, `outlook`), books (`book`), and `archive`: ZIP files."""
