"""The kind of the administration that every role may see: `proof`, with `commands` that ask the
system itself.
"""
