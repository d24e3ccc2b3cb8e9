"""File → blocks with locators: one reader a format, in a child process with limits."""
