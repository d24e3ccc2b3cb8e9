"""What pages have in common: news, dropped files, questions, files to write, undo."""
