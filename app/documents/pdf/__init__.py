"""PDF and images of pages. `pdf_pages` takes a page's print from its text layer or from
recognition, `letter_spacing` closes its spaced words, `pdf_blocks` makes headings, paragraphs and
tables of it, `running_heads` tells what every page repeats, `attachments` takes out files,
`pdf_image` draws pages and finds text on them, `image` opens photographed and scanned pages.
"""
