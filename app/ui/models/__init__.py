"""The models view: which there are, where they run, how fast, and what the top bar says of it;
`server` asks where one on a server lies."""
