"""Tables wherever they stand: `cell_values` (what a cell's text means), `number_format` (as a
sheet shows it), `grid`, `side_by_side`, `sheet_forms`, `table_rows` and `sheet_tables` (where the
tables and forms of a sheet are), `sheet_summary` (what a table holds), `table_text` (a table as
text).
"""
