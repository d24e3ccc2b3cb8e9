"""Images of pages, photographed or scanned → blocks by page, by text recognition."""

from app.documents.pdf.pdf import read_open
from app.documents.pictures.image_file import open_image
from app.documents.steps import Step, nothing
from app.domain.library.documents import ReadDocument


def read(data: bytes, name: str, step: Step = nothing) -> ReadDocument:
    """What is printed on the image, page by page; boxes in points of the picture that is shown.

    Raises DamagedFile, FileTooLarge, NoText or NoRecognition.
    """
    document = open_image(data, name)
    try:
        return read_open(document, name, step)
    finally:
        document.close()
