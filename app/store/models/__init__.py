"""What a workspace knows of its `models`, the `servers` of some, its `adapters`, the `signers` of
adapter files, and its `trainings` with their rows."""
