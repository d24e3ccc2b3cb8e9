"""Tables wherever they stand: `cell_values` (what a cell's text means), `number_format` with
`number_places` (as a sheet shows it); where the tables and forms of a sheet are: `grid`, `regions`,
`side_by_side`, `sheet_forms`, `table_rows` and `sheet_tables`; `sheet_summary` (what a table
holds), `table_text` (a table as text).
"""
