"""Questions that the nearest passages alone do not answer: `planner` (which kind it is, and which
sides or documents it has, a `plan`), `side_reader` (each of them read on its own), `set_writer`
(the answer from what was found in each), `followup` (what leans on the conversation).
"""
