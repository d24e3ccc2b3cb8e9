"""Documents: the table, what is being added, and the viewer."""
