"""The kind of the administration that tells what takes room: `storage`."""
