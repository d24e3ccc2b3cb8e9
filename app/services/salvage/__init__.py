"""What is readable of a damaged workspace, exported. `service.SalvageService` is the way in, the
`folder` is where files are put, under names that every system takes.
"""
