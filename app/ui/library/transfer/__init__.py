"""Collections exported to a file and imported from one: the questions, and what leads to them."""
