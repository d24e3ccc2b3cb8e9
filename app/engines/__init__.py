"""Local models. Heavy libraries are imported inside functions, off the start-up path."""
