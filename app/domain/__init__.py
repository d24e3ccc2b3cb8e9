"""Values and rules; standard library only: no files, clock, threads, or text for users."""
