"""The same services without a screen: one file a noun. The contract is part of the design."""
