"""What an administrator can see and do: `members` and their roles, `rights` to collections, the
`audit_log`, `losses`, and what takes `storage`.
"""
