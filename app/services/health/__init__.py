"""Is everything well? `service.HealthService` runs the `machine_checks` before a profile is open,
`profile_checks` look behind the lock; a `check` is worded for window and command line. The `report`
is what can be sent to a stranger.
"""
