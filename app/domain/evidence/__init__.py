"""What in the passages speaks for an answer: `quotation` (the sentences that are shown at once),
`excerpts` (the stretches that the model reads), `support` (whether a passage says what a sentence
of the answer says), `settling` (what becomes of an answer by all that).
"""
