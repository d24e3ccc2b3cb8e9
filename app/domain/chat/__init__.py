"""A conversation: `conversation` (messages, segments, sources, citations), `branches` (edited
questions make a tree), `prompting` (what fits into a prompt, append-only), `citations` (which
claims their sources support), `refusals`, `suggestions`, `titles`, question `templates`,
`assistants`, the `variables` of their instructions and their `versions`, and `exported`, a
conversation on its way to a file.
"""
