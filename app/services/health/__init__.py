"""Is everything well? `service.HealthService` runs the `machine_checks` before a profile is open,
`profile_checks` look behind the lock; `offline_checks` are of the network, `proof` is what every
role may see of both; `repairs` mend what failed, where nothing is lost by it. A `check` is worded
for window and command line. The `report` is what can be sent to a stranger.
"""
