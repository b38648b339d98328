"""Files that nobody should be hurt by, made here one by one, and what is to become of each."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image
from pypdf import PdfWriter
from sent_files import JPEG, PNG, locked, picture

CANARY: Final = b"QXCANARYQX"
"""What only the hostile part of a file says: no clean copy holds it."""
SHOWN: Final = b"QXSHOWNQX"
"""What a page draws: every clean copy of a PDF holds it."""


@dataclass(frozen=True)
class Sent:
    """A file and what is to become of it.

    Attributes:
        content: its bytes.
        refusal: the code of its refusal; empty: there is a clean copy.
        mime: of the clean copy.
        size: of a picture, width and height.
    """

    content: bytes
    refusal: str = ""
    mime: str = ""
    size: tuple[int, int] | None = None


# --- how files are made -----------------------------------------------------------------------------


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def written(bodies: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, with an index that is right."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(bodies) + 1
    return bytes(
        out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    )


def pdf(
    catalog: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    content: bytes = b"",
    trailer: bytes = b"",
    **more: bytes,
) -> bytes:
    """A page with a text on it, and whatever else; `more` are objects from number 5 on: o5, o6 and so on."""
    drawn = b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % SHOWN
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s/Resources<</Font<</F1 <</Type/Font/Subtype/Type1"
        b"/BaseFont/Helvetica>>>>%s>>>>" % (page, resources),
        4: content or stream(drawn),
        **{int(name[1:]): body for name, body in more.items()},
    }
    return written(bodies, trailer)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(*chunks: bytes) -> bytes:
    """The small PNG with chunks between its header and its pixels."""
    return PNG[:33] + b"".join(chunks) + PNG[33:]


def png_header(width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return PNG[:8] + header + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*segments: bytes) -> bytes:
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def jpeg_header(width: int, height: int) -> bytes:
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00")
    return b"\xff\xd8" + frame + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00\xff\xd9"


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 21.0), 29: CANARY.decode()})
    return saved(Image.new("RGB", (40, 20)), "JPEG", exif=exif)


def animated() -> bytes:
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def easily_unlocked() -> bytes:
    """Encrypted with an empty password: a reader asks for none."""
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", owner_password="x", algorithm="RC4-40")
    writer.write(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    tree = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[%s]>>" % kids}
    return written({**tree, **dict.fromkeys(range(10, 10 + count), leaf)})


def tree(kids: bytes, **more: bytes) -> bytes:
    nodes = {int(name[1:]): body for name, body in more.items()}
    root = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[%s]>>" % kids}
    return written({**root, **nodes})


def image(data: bytes, entries: bytes, **more: bytes) -> bytes:
    """A PDF that draws a picture."""
    head = b"/Type/XObject/Subtype/Image/BitsPerComponent 8" + entries
    return pdf(resources=b"/XObject<</Im0 5 0 R>>", o5=stream(data, head), **more)


def annotated(annotation: bytes, **more: bytes) -> bytes:
    return pdf(page=b"/Annots[<</Type/Annot/Rect[0 0 9 9]%s>>]" % annotation, **more)


BOMB: Final = zlib.compress(bytes(120_000_000), 9)
SMALL: Final = b"/Width 4/Height 3/ColorSpace/DeviceRGB"

# --- what is no file of ours ------------------------------------------------------------------------

EICAR: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

OF_OTHER_KINDS: Final[dict[str, bytes]] = {
    "a program for Windows": b"MZ\x90\x00" + bytes(200),
    "a program for Linux": b"\x7fELF" + bytes(200),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a web page": b"<!doctype html><script>alert(1)</script>",
    "a web page before a PDF": b"<html><!--" + pdf() + b"-->",
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "an entity from outside": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    "an archive": b"PK\x03\x04" + bytes(60),
    "an archive of another kind": b"Rar!\x1a\x07\x01\x00",
    "a compressed file": b"\x1f\x8b\x08" + bytes(20),
    "an old document with macros": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "the word that every virus scanner knows": EICAR,
    "a shortcut": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "a program for Java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "a program for printers": b"%!PS-Adobe-3.0\n(x) run",
    "a GIF": saved(Image.new("P", (4, 3)), "GIF"),
    "a BMP": saved(Image.new("RGB", (4, 3)), "BMP"),
    "a TIFF": saved(Image.new("RGB", (4, 3)), "TIFF"),
    "an icon": b"\x00\x00\x01\x00\x01\x00" + bytes(30),
    "a photo of another phone": b"\x00\x00\x00\x18ftypheic" + bytes(20),
    "words": "سلام".encode(),
}

# --- what is damaged, or made so --------------------------------------------------------------------

BROKEN: Final[dict[str, bytes]] = {
    "the first bytes of a PDF alone": b"%PDF-1.7",
    "a program that begins like a PDF": b"%PDF-1.7\nMZ\x90" + bytes(3000),
    "a PDF without a page": tree(b""),
    "a PDF whose pages are a name": written({1: b"<</Type/Catalog/Pages/Nothing>>"}),
    "a PDF without a beginning": written({1: b"<</Type/Nothing>>"}),
    "a tree of pages in a circle": tree(b"2 0 R"),
    "a tree of pages in a wide circle": tree(b"5 0 R", o5=b"<</Kids[6 0 R]>>", o6=b"<</Kids[5 0 R]>>"),
    "a tree of pages that multiplies": tree(
        b"5 0 R 5 0 R", o5=b"<</Kids[6 0 R 6 0 R]>>", o6=b"<</Kids[7 0 R 7 0 R]>>", o7=b"<</Type/Page>>"
    ),
    "lists in lists without end": tree(b"[" * 20_000),
    "a picture that nothing here can check": image(b"\x00" * 40, SMALL + b"/Filter/JBIG2Decode"),
    "a page packed like a picture": pdf(content=stream(b"\x00" * 40, b"/Filter/JBIG2Decode")),
    "a picture of an unknown packing": image(b"\x00" * 40, SMALL + b"/Filter/Nothing"),
    "a picture in a PDF that is none": image(b"MZ\x90", SMALL + b"/Filter/DCTDecode"),
    "a picture of no size": image(b"", b"/Width 0/Height 0/ColorSpace/DeviceRGB"),
    "the first bytes of a JPEG alone": b"\xff\xd8\xff\xe0",
    "a web page that begins like a JPEG": b"\xff\xd8\xff<script>alert(1)</script>",
    "half a JPEG": saved(Image.effect_noise((200, 200), 50), "JPEG")[:9000],
    "the first bytes of a PNG alone": PNG[:8],
    "half a PNG": saved(Image.effect_noise((100, 100), 50), "PNG")[:3000],
    "a PNG of a wrong sum": PNG[:29] + b"\x00\x00\x00\x00" + PNG[33:],
    "a PNG of no size": png_header(0, 0),
    "a PNG whose chunk is longer than the file": PNG[:33] + b"\x7f\xff\xff\xffIDAT",
}

TOO_MUCH: Final[dict[str, tuple[bytes, str]]] = {
    "a PNG of 900 million pixels": (png_header(30_000, 30_000), "file_pixels"),
    "a JPEG of 4 billion pixels": (jpeg_header(65_500, 65_500), "file_pixels"),
    "a PNG a little too large": (picture(size=(5000, 5001), mode="1"), "file_pixels"),
    "a picture in a PDF of 900 million pixels": (
        image(BOMB[:900], b"/Width 30000/Height 30000/ColorSpace/DeviceRGB/Filter/FlateDecode"),
        "file_pixels",
    ),
    "a thousand pages": (many_pages(1000), "file_pages"),
    "a page too many": (many_pages(51), "file_pages"),
    "a page that unpacks for ever": (pdf(content=stream(BOMB, b"/Filter/FlateDecode")), "file_heavy"),
    "a page packed twice that unpacks for ever": (
        pdf(content=stream(zlib.compress(BOMB), b"/Filter[/FlateDecode/FlateDecode]")),
        "file_heavy",
    ),
    "a picture that unpacks for ever": (image(BOMB, SMALL + b"/Filter/FlateDecode"), "file_heavy"),
    "a locked PDF": (locked(), "file_locked"),
    "a PDF locked with an empty password": (easily_unlocked(), "file_locked"),
    "more than ten megabytes": (PNG.ljust(10 * 2**20 + 1, b"\0"), "file_too_large"),
}

# --- what is harmless, or becomes so ----------------------------------------------------------------

JS: Final = b"<</S/JavaScript/JS(app.alert('%s'))>>" % CANARY
INSIDE: Final = stream(CANARY, b"/Type/EmbeddedFile")

PAPERS: Final[dict[str, bytes]] = {
    "a letter": pdf(),
    "a script at the opening": pdf(b"/OpenAction %s" % JS),
    "a script in an object of its own": pdf(b"/OpenAction 5 0 R", o5=JS),
    "a script under a disguised name": pdf(b"/Open#41ction<</S/J#61vaScript/J#53(%s)>>" % CANARY),
    "a script among the names": pdf(b"/Names<</JavaScript<</Names[(a) %s]>>>>" % JS),
    "a script when the document closes": pdf(b"/AA<</WC %s>>" % JS),
    "a script when a page opens": pdf(page=b"/AA<</O %s>>" % JS),
    "a program to be started": pdf(b"/OpenAction<</S/Launch/F(%s.exe)>>" % CANARY),
    "a link": annotated(b"/Subtype/Link/A<</S/URI/URI(http://evil.example/%s)>>" % CANARY),
    "a link for every page": pdf(b"/URI<</Base(http://evil.example/%s)>>" % CANARY),
    "a link into another file": annotated(b"/Subtype/Link/A<</S/GoToR/F(%s.pdf)/D[0/Fit]>>" % CANARY),
    "a link into an attachment": annotated(b"/Subtype/Link/A<</S/GoToE/T<</N(%s)>>>>" % CANARY),
    "a form that sends itself": annotated(b"/Subtype/Widget/A<</S/SubmitForm/F(http://e/%s)>>" % CANARY),
    "a form that fetches": pdf(b"/OpenAction<</S/ImportData/F(%s)>>" % CANARY),
    "a form": pdf(b"/AcroForm<</Fields[<</FT/Tx/T(%s)/V(%s)>>]>>" % (CANARY, CANARY)),
    "a form in XML": pdf(b"/AcroForm<</XFA 5 0 R>>", o5=stream(b"<xdp>%s</xdp>" % CANARY)),
    "an attachment": pdf(
        b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/EF<</F 5 0 R>>>>]>>>>", o5=INSIDE
    ),
    "an attachment on the page": annotated(b"/Subtype/FileAttachment/FS<</EF<</F 5 0 R>>>>", o5=INSIDE),
    "an attachment of the page": pdf(page=b"/AF[<</EF<</F 5 0 R>>>>]", o5=INSIDE),
    "a folder of files": pdf(b"/Collection<</D(%s)>>" % CANARY),
    "a film": annotated(
        b"/Subtype/RichMedia/RichMediaContent<</Assets<</Names[(%s) 5 0 R]>>>>" % CANARY, o5=INSIDE
    ),
    "a screen": annotated(b"/Subtype/Screen/A<</S/Rendition/JS(%s)>>" % CANARY),
    "a sound": annotated(b"/Subtype/Sound/Sound 5 0 R", o5=INSIDE),
    "a body in three dimensions": annotated(
        b"/Subtype/3D/3DD 5 0 R", o5=stream(CANARY, b"/OnInstantiate 6 0 R"), o6=INSIDE
    ),
    "what it says of itself": pdf(
        b"/Metadata 5 0 R", o5=stream(b"<x>%s</x>" % CANARY, b"/Type/Metadata/Subtype/XML")
    ),
    "who wrote it": pdf(trailer=b"/Info 5 0 R", o5=b"<</Author(%s)>>" % CANARY),
    "what the page says of itself": pdf(
        page=b"/Metadata 5 0 R/PieceInfo<</A<</B(%s)>>>>" % CANARY, o5=INSIDE
    ),
    "a table of contents that acts": pdf(b"/Outlines<</First<</Title(%s)/A %s>>>>" % (CANARY, JS)),
    "a thumbnail": pdf(page=b"/Thumb 5 0 R", o5=stream(CANARY, SMALL)),
    "a thread of articles": pdf(b"/Threads[<</I<</Title(%s)>>>>]" % CANARY),
    "bytes that lie in another file": pdf(
        resources=b"/XObject<</Im0 5 0 R>>", o5=stream(b"", SMALL + b"/Subtype/Image/F(%s)" % CANARY)
    ),
    "a page of another file": pdf(
        resources=b"/XObject<</Fm0 5 0 R>>",
        o5=stream(b"q Q", b"/Subtype/Form/BBox[0 0 9 9]/Ref<</F(%s)/Page 0>>" % CANARY),
    ),
    "a picture for print shops": pdf(
        resources=b"/XObject<</Fm0 5 0 R>>",
        o5=stream(b"q Q", b"/Subtype/Form/BBox[0 0 9 9]/OPI<</F(%s)>>" % CANARY),
    ),
    "a program inside the page": pdf(resources=b"/XObject<</P 5 0 R>>", o5=stream(CANARY, b"/Subtype/PS")),
    "a script among the fonts": pdf(page=b"/Group<</S/Transparency/JS(%s)/AA %s>>" % (CANARY, JS)),
    "a colour profile": image(
        bytes(36), b"/Width 4/Height 3/ColorSpace[/ICCBased 6 0 R]", o6=stream(CANARY, b"/N 3")
    ),
    "a photo with a place, in a PDF": image(
        jpeg_with(segment(0xE1, b"Exif\0\0" + CANARY)), SMALL + b"/Filter/DCTDecode"
    ),
    "a photo with a tail, in a PDF": image(JPEG + CANARY, SMALL + b"/Filter/DCTDecode"),
    "a packed picture with a tail": image(zlib.compress(bytes(36)) + CANARY, SMALL + b"/Filter/FlateDecode"),
    "layers": pdf(b"/OCProperties<</D<</Name(%s)>>>>" % CANARY, page=b"/OC<</Name(%s)>>" % CANARY),
    "a wrong index": pdf().replace(b"startxref\n", b"startxref\n9"),
    "no index": pdf().rsplit(b"xref", 2)[0] + b"trailer<</Root 1 0 R/Size 5>>",
    "an archive behind it": pdf() + b"PK\x03\x04" + CANARY,
    "a web page behind it": pdf() + b"<script>%s</script>" % CANARY,
    "an object that nothing names": pdf(o9=stream(CANARY)),
}

PICTURES: Final[dict[str, tuple[bytes, str, tuple[int, int]]]] = {
    "a photo": (JPEG, "image/jpeg", (4, 3)),
    "a photo that says where, lying on its side": (with_gps(), "image/jpeg", (20, 40)),
    "a photo with a comment": (jpeg_with(segment(0xFE, CANARY)), "image/jpeg", (4, 3)),
    "a photo with a profile": (
        jpeg_with(segment(0xE2, b"ICC_PROFILE\0\x01\x01" + CANARY)),
        "image/jpeg",
        (4, 3),
    ),
    "a photo with words of an editor": (
        jpeg_with(segment(0xED, b"Photoshop 3.0\0" + CANARY)),
        "image/jpeg",
        (4, 3),
    ),
    "a photo with a spoiled EXIF": (
        jpeg_with(segment(0xE1, b"Exif\0\0MM\0*" + b"\xff" * 60 + CANARY)),
        "image/jpeg",
        (4, 3),
    ),
    "a photo and a web page": (JPEG + b"<script>%s</script>" % CANARY, "image/jpeg", (4, 3)),
    "a photo and an archive": (JPEG + b"PK\x03\x04" + CANARY, "image/jpeg", (4, 3)),
    "a photo of four inks": (picture("JPEG", "CMYK"), "image/jpeg", (4, 3)),
    "a grey photo": (picture("JPEG", "L"), "image/jpeg", (4, 3)),
    "a photo that comes bit by bit": (
        saved(Image.new("RGB", (4, 3)), "JPEG", progressive=True),
        "image/jpeg",
        (4, 3),
    ),
    "a picture": (PNG, "image/png", (4, 3)),
    "a picture that moves": (animated(), "image/png", (8, 6)),
    "a picture with words": (png_with(chunk(b"tEXt", b"Comment\0" + CANARY)), "image/png", (4, 3)),
    "a picture with packed words without end": (
        png_with(chunk(b"zTXt", b"C\0\0" + BOMB)),
        "image/png",
        (4, 3),
    ),
    "a picture with words of the world": (
        png_with(chunk(b"iTXt", b"C\0\1\0\0\0" + zlib.compress(CANARY * 9_000_000))),
        "image/png",
        (4, 3),
    ),
    "a picture with a profile without end": (png_with(chunk(b"iCCP", b"P\0\0" + BOMB)), "image/png", (4, 3)),
    "a picture that says where": (
        png_with(chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0" + CANARY)),
        "image/png",
        (4, 3),
    ),
    "a picture and an archive": (PNG + b"PK\x03\x04" + CANARY, "image/png", (4, 3)),
    "a picture with a chunk of its own": (png_with(chunk(b"evIl", CANARY)), "image/png", (4, 3)),
    "a picture of sixteen bits": (picture(mode="I;16"), "image/png", (4, 3)),
    "a picture of one bit": (picture(mode="1"), "image/png", (4, 3)),
    "a picture of a palette": (picture(mode="P"), "image/png", (4, 3)),
    "a picture that is clear": (picture(mode="RGBA"), "image/png", (4, 3)),
    "a grey picture that is clear": (picture(mode="LA"), "image/png", (4, 3)),
}


def corpus() -> Iterator[tuple[str, Sent]]:
    """All of them, by name."""
    for name, content in OF_OTHER_KINDS.items():
        yield name, Sent(content, "file_kind")
    for name, content in BROKEN.items():
        yield name, Sent(content, "file_damaged")
    for name, (content, code) in TOO_MUCH.items():
        yield name, Sent(content, code)
    for name, content in PAPERS.items():
        yield name, Sent(content, mime="application/pdf")
    for name, (content, mime, size) in PICTURES.items():
        yield name, Sent(content, mime=mime, size=size)
