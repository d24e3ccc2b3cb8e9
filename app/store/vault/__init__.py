"""Who may open what; the way in is `vault.Vault.unlock`, which gives an `Unlocked`.

`workspace_file` is the only readable file, `generation` and `audit` notice what was put back or
cut, `signers` are the keys of adapter files.
"""
