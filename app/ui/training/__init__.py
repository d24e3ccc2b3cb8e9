"""The Training view: adapters on the left, one page with five steps that fold on the right."""
