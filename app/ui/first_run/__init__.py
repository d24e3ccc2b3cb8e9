"""The first start, a decision a page; the way in is `page.FirstRunPage`.

`step` is what the pages have in common: `language`, `profile` (with the `recovery_key` and
`key_paper`, which keeps it), `model`, `documents` and the first `question`. It can be left at any
step; `checklist` shows in the empty chat what is still to do. `services` is what the later steps
reach.
"""
