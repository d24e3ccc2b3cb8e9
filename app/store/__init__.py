"""The encrypted databases and files: the only SQL and the only cipher in the house."""
