"""From pixels to lines of print: `ocr` recognises, `sketch` finds skew and direction, `legible`
tells words from noise, `pdf_lines` orders print into columns and rows.
"""
