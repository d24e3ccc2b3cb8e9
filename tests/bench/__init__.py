"""The peers' bench: other programs' retrieval beside ours, same questions, same rules.

It runs in an environment of its own (`requirements.txt` here) and is no part of the tests; only
`test_*.py` are, and they need none of the peers' libraries. Larets runs as a child process in its
own environment (`larets bench retrieval --segments`).
"""
