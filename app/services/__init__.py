"""What a user can do: one synchronous function an act. No Qt, no SQL, no model runtime, no threads
but those of jobs.py."""
