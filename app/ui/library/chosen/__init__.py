"""What is done with the chosen documents: `acts`, among them `moving` into another collection."""
