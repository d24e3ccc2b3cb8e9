"""The conversation for keyboard and screen readers: `turns` keeps a part with the keys of each turn
in view, `turn` is that part, `spot` what can be chosen in it, `words` what is said of them.
"""
