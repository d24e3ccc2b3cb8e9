"""What pages have in common: news, dropped files, questions, files to write, undo,
what a role may do."""
