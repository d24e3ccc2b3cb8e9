"""`html` with `html_table` and `html_elements`; `unseen` takes out what a page does not show, by
the sheets that `style_rules` reads. Mails (`mail`, `outlook`, many in a `mailbox`; what Outlook
wraps: `tnef`), books (`book`: EPUB, `fiction_book`: FB2).
"""
