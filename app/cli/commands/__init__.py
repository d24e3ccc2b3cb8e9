"""One file a noun of the contract; each command is a function of a Session and an Output."""
