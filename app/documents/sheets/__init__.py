"""Spreadsheets: `xlsx` (`xlsx_cells`, `xlsx_asides`), `xls`, `ods` (`ods_asides`), `csv_file` and
`csv_long` read cells as shown (`sheet_cells`) and what stands beside them; `sheets` turns both into
blocks, `sheet_words` says of them what they are.
"""
