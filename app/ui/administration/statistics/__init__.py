"""The kind of the administration that tells every role how the program serves it: `statistics` with
`choosing` of a period, `tiles` of figures, a `day_chart` (its bars are `day_bars`), what is `cited`
most, and the `lacking` of the library.
"""
