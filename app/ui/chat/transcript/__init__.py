"""The conversation on the screen: `transcript` over `turns_view`, whose `rows` hold an `entry` each
(`question_entry`, `answer_entry` with its `answer_document`, `unfinished` Markdown, `code_colors`
and `cards`); `turn_acts` and `correction` do what is chosen; `spoken` is for keyboard and screen
readers.
"""
