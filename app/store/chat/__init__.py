"""What a profile keeps of its conversations: `conversations`, `messages`, `message_search`,
question `templates`, kept `passage_sets`, `sequence_states` (what a model has read); figures over
what was `served`; `merging` of an earlier state; and a workspace's `assistants`, with the test
questions of `exams`.
"""
