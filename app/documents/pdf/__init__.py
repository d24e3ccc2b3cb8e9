"""PDF and images of pages. `pdf_pages` takes a page's print from its text layer or from
recognition, `letter_spacing` closes its spaced words, `right_to_left` keeps the order of lines of
Arabic and Hebrew, `ligatures` tells those of TeX, `picture_regions` recognises its
pictures, `running_heads` tells what every page repeats, `tick_boxes` says
which boxes of a form are ticked, `unseen` leaves out print that nobody sees, `attachments` takes
out files, `pdf_image` draws pages and finds text on them, `image` opens photographed and scanned
pages.
"""
