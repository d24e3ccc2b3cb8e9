"""Help inside the program, in a window of its own: its pages (`pages`), how one of them is drawn
(`text`), and the window with their list and a search (`window`). Nothing of a user stands in it."""
