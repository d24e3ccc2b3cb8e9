"""What pages have in common: news, dropped files, files to write, undo, what a role may do."""
