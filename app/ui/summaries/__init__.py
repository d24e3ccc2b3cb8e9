"""The summaries view: what is kept of conversations, and notes."""
