"""What a workspace knows of its `models` and `adapters`, the `signers` of adapter files, and its
`trainings` with their rows."""
