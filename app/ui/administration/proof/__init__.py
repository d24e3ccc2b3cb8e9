"""The kind of the administration that every role may see: `proof`, with `commands` for the system."""
