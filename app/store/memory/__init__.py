"""`summaries` and `notes` of one profile, and the `memory_vectors` that they are found by."""
