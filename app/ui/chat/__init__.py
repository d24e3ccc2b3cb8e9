"""Conversations, answers and what they rest on."""
