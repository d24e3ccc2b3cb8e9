"""Spreadsheets: `xlsx`, `xls`, `ods`, `csv_file` and `csv_long` read cells as shown
(`sheet_cells`), `sheets` turns them into blocks.
"""
