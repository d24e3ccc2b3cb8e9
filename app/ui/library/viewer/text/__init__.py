"""A document as text: pieces, what writes them, and the view."""
