"""Summaries of conversations: `summaries` are the values, `summary_writing` holds each written
point against its turn, `summary_merging` makes parts one.
"""
