"""A department's server in the administration: `department` shows it, `joining` asks where it is,
`looking` asks the server what is new."""
