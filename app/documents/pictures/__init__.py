"""From pixels to lines of print: `ocr` recognises, `sketch` finds skew and direction, `legible`
tells words from noise and `letter_pairs` a language from a cipher, `pdf_lines` orders print into
columns (`short_columns` too) and rows with their powers and indices (`scripts`), of which
`print_blocks` makes headings, paragraphs and tables. `image_file` opens pictures, `embedded` reads
those inside documents without pages.
"""
