"""What a workspace knows of its `models` and `adapters`, and its `trainings` with their rows."""
