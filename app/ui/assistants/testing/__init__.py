"""Test questions of an assistant: `panel` shows them beside the cards, `runner` has them
answered."""
