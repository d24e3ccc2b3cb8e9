"""What is kept of earlier conversations: the way in is `summaries.SummaryService`.

`summary_writer` draws points from a part of a conversation, `notes` are facts that the user keeps,
`recall` finds both for a question, `summary_files` writes them to files.
"""
