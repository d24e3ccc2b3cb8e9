"""Conversations without answering: the way in is `service.ConversationService`.

`transcripts` writes them to files and reads them back; `auxiliary` has the open model name them and
propose further questions, in a sequence of its own, while nobody waits; a `draft` is what is there
of an answer that is being written, `retention` deletes what is too old.
"""
