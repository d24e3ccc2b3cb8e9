"""The local interface for other programs: who listens and who answers are two processes.

`http` is the process that listens; it knows no key, no document and no model, and sends each
request through a pipe. On this side `server` takes it and asks whether its key may do that; its
`rates` say how often, in `lanes` it waits its turn, and `routes` perform it; `door` has all of that
beside an open window. `requests` are what
may be asked, `openai` has the shapes that OpenAI's clients know, `results` those of the command
line, `refusals` what an error looks like from outside. `wire` is what goes through the pipe,
`limits` what is too much. `tools` serve the same acts over the Model Context Protocol: at the same
door, or, by `own_reads`, to a program that starts this one.
"""
