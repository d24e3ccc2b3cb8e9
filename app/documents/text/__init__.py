"""`plain` text in whatever encoding, `markdown`, `json_file`."""
