"""What other programs see in a file: nothing here knows how the product reads.

reader     which of them reads a format        seen       what comes out
pages      PDF, HTML, mail, plain text          packages   DOCX, PPTX, ODF
workbooks  XLSX, XLS
"""
