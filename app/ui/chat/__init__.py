"""Conversations, answers and what they rest on, side by side in `columns`."""
