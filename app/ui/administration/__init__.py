"""The page of an administrator: `members` (profiles and roles), `rights` to collections, the `log`
of acts, `policies`, `backups`, what takes `storage`, the `department` with its server, the
`statistics`, the `keys` of other programs and the `proof`, which every role may see, and `losses`
above them all. A `kind` of the page is one of these, its rows stand in a `table`; `new_profile` and
`new_key` ask and show, `words` name acts and roles.
"""
