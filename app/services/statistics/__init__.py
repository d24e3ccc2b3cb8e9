"""How the program serves, from this profile's own conversations alone: the way in is
`service.StatisticsService`; `grouping` puts questions together that mean the same, `tables` are
what a file of it holds.
"""
