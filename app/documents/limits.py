"""Limits on what a document may cost, each with its reason."""

MB = 1024 * 1024

#: Larger files are archives or scans; the whole file is held in memory while it is read.
FILE_BYTES = 512 * MB

#: Text beyond this is data, not reading matter, and would take hours to embed.
TEXT_BYTES = 128 * MB

#: The longest real reports have some thousand pages; a page tree can claim millions in a few bytes.
PDF_PAGES = 10_000

#: Pixels of an image: A0 at 300 dpi has 139 million; 50000 × 50000 fit into a few KB of PNG.
IMAGE_PIXELS = 150_000_000

#: Of 641 real OOXML files the worst had ratio 38, 15 MB and 382 entries; Apache POI refuses
#: ratios above 100 as well. In a package only markup is held to it: blank previews reach 1000.
ZIP_RATIO = 100
ZIP_RATIO_FROM = MB
ZIP_TOTAL = 512 * MB
ZIP_ENTRIES = 10_000

#: Width and height of a rendered page, and its area: three bytes each cross a pipe.
RENDER_SIDE = 10_000
RENDER_PIXELS = 25_000_000

#: Places of a searched text, and seconds until a search says how far it came.
FOUND_PLACES = 1000
FIND_SECONDS = 1.0

#: Seconds for one document: a fixed part and one a megabyte. Honest files need a tenth of it.
READ_SECONDS = 60.0
READ_SECONDS_PER_MB = 1.0

#: Address space of the child. Python and MuPDF map about 0.5 GB before the first document.
CHILD_MEMORY = 3 * 1024 * MB
CHILD_FILES = 64

#: A message from the child: the text of a document, or the pixels of a page.
MESSAGE_BYTES = 512 * MB

#: Native parsers leak and fragment: a fresh process from time to time keeps memory flat.
DOCUMENTS_PER_CHILD = 500

#: Bytes of a document after which the child is not used again: it keeps what it held.
LARGE_DOCUMENT = 4 * MB

#: Documents that the child keeps open for paging.
OPEN_DOCUMENTS = 4

#: Filled cells of a workbook: to embed more would take hours, to hold them 2 GB in the child.
SHEET_CELLS = 5_000_000
#: Rows and cells that are looked at, empty ones too: a formatted column has a million of them.
SHEET_CELLS_SEEN = 40_000_000
#: Cells that the formulas of a workbook may look at, together: some seconds.
FORMULA_CELLS = 2_000_000
#: Tables on one sheet; more is a drawing.
SHEET_REGIONS = 500
#: Cells that merged ranges may fill: one range can claim 17 thousand million.
MERGED_CELLS = 500_000

#: A table in text that is longer is read a piece at a time: its cells take twenty times its bytes.
LONG_TABLE_BYTES = 24 * MB
#: Bytes of such a table that become one piece.
TABLE_PIECE_BYTES = MB // 2
#: Nobody reads such a table; it takes an hour to find its words.
LONG_TABLE_MOST_BYTES = 2048 * MB

#: Points of a chart on a slide; what has more is a sheet.
CHART_POINTS = 1000

#: Parts of a mail: a thousand real attachments are more than any server takes.
MAIL_PARTS = 1000

#: Mails of a mailbox: each becomes a document; who keeps more has parted them by years.
MAILBOX_MAILS = 100_000

#: Levels of a JSON file: configurations have ten, and Python's own reader gives up at a thousand.
JSON_DEPTH = 100
#: Columns of a table out of JSON records, and values of a file.
JSON_COLUMNS = 200
JSON_VALUES = 5_000_000

#: Of a database: text of one table, and tables.
DATABASE_BYTES = 400 * MB
DATABASE_TABLES = 500

#: Blocks of a long document that are sent at a time: some two hundred pages.
SECTION_BLOCKS = 3000
