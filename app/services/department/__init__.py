"""A department's server: shared collections beside those of this computer.

`membership` founds, joins, tells; `rights` lets others in; `collections` holds what is open there,
a `collection` each; `service` hands all of it to windows and commands. `worker` reads what others
added, `worker_metrics` tells the department's monitoring of it; `moving` takes a collection there
and back.
"""
