"""Conversations as files: Markdown, DOCX, PDF for people, JSON for the program."""
