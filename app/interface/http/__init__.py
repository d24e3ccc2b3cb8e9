"""The process that listens. `listener` is its beginning: it binds one address and has the kernel
refuse every other socket. `gate` turns away what no program of this computer would ask,
`application` has the routes, `tool_door` the tools of the Model Context Protocol, `refusing` makes
a response of an error, `impatience` ends a wait, `line` carries requests through the pipe to the
program and answers back, `description` tells of all that as OpenAPI.
"""
