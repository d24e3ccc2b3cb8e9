"""How a file is read: `sandbox.Sandbox` is what services hold; it starts `reading_process`, which
gives up its rights (`confinement`) and asks `reader` for the document; `formats` lists them,
`true_format` tells them by their bytes, `default_password` opens what Excel encrypted by itself,
`wire` is what crosses the pipe. `database` reads tables of
SQL servers.
"""
