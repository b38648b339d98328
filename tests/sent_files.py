"""Small real files, as people send them."""

from functools import cache
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)
"""A letter of one empty page."""


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (4, 3)) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


PNG = picture()
JPEG = picture("JPEG")


@cache
def locked() -> bytes:
    """A PDF that asks for a password."""
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("راز", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()
