"""What other programs may do through the local interface: the named `keys` with which they ask, and
what each may reach (`acts`); the `refusals` that the audit log keeps of them; `queue`, in which
nobody waits for another's many requests.
"""
