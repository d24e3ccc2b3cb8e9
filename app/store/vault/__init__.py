"""Who may open what; the way in is `vault.Vault.unlock`, which gives an `unlocked.Unlocked`.

`workspace_file` is the header, the only readable file; in it the `roster`, signed by
administrators, says who belongs to the workspace, and `members` what a profile last saw of it.
`opening` opens the databases and keeps damage in its part, with `spare_copies` of the small ones;
the `sealed_record` notices what was put back, cut or lost. `grants` hand collections' keys to
profiles, `policies` and the rows of the `audit` log are signed as well. `renewal` gives new keys
when a password, a right or a member went; `lasting_keys` stay.
"""
