"""Everything Qt. Widgets in code; a page gets what it uses as constructor arguments."""
