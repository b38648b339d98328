"""JPEG and PNG: decoded, turned as they were meant to be seen, and written anew with their pixels alone."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin

from scans.verdict import COPY_MB, FILE_MB, MB, MEGAPIXELS, Clean, Unfit

# Our own limit is asked before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None
_PLUGINS: Final = (JpegImagePlugin, PngImagePlugin)
"""Imported here, so that nothing is left to be imported once a file is at hand."""

PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"})
"""Of a PNG: pixels and how it lies; no texts, no profiles, no further frames."""
_EXIF_MOST: Final = 65_536
_QUALITIES: Final = (90, 80, 65)
_PNG_EFFORT: Final = 4
_GREY: Final = frozenset({"1", "L"})
_DEEP: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})


def clean_jpeg(content: bytes) -> Clean:
    """A JPEG's pixels as a new JPEG.

    Raises:
        Unfit: `file_damaged`, `file_pixels`, or `file_heavy` where the copy cannot be made small enough.
    """
    return _as_jpeg(_decoded(content, "JPEG"))


def clean_png(content: bytes) -> Clean:
    """A PNG's first picture as a new PNG, or as a JPEG where the PNG would be too large to be sent on.

    Raises:
        Unfit: as for a JPEG.
    """
    image = _decoded(PNG_MAGIC + b"".join(_chunks(content)), "PNG")
    out = BytesIO()
    _plain(image).save(out, "PNG", compress_level=_PNG_EFFORT)
    if out.tell() <= FILE_MB * MB:
        return Clean("image/png", out.getvalue())
    return _as_jpeg(image)


def check_pixels(width: int, height: int) -> None:
    """Insist that a picture is not too large.

    Raises:
        Unfit: `file_pixels`, or `file_damaged` where it has no pixels at all.
    """
    if width < 1 or height < 1:
        raise Unfit("file_damaged")
    if width * height > MEGAPIXELS * 1_000_000:
        raise Unfit("file_pixels", limit=MEGAPIXELS)


def _decoded(content: bytes, kind: str) -> Image.Image:
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=[kind])
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unfit("file_damaged") from error
    check_pixels(*image.size)
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unfit("file_damaged") from error
    return _upright(image)


def _upright(image: Image.Image) -> Image.Image:
    """As the camera says that it lies; whatever else it says, or says wrongly, is passed over."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - a hostile EXIF may make the parser raise anything: the pixels stand
        return image


def _as_jpeg(image: Image.Image) -> Clean:
    flat = _flat(image)
    for quality in _QUALITIES:
        out = BytesIO()
        flat.save(out, "JPEG", quality=quality)
        if out.tell() <= COPY_MB * MB:
            return Clean("image/jpeg", out.getvalue())
    raise Unfit("file_heavy")


def _plain(image: Image.Image) -> Image.Image:
    """The same pixels in a mode of eight bits, with nothing beside them."""
    if image.mode in _DEEP:
        image = _shallow(image)
    clear = "transparency" in image.info or image.mode in {"LA", "PA", "La", "RGBa"}
    if image.mode in _GREY and not clear:
        wanted = image.mode
    elif clear or image.mode == "RGBA":
        wanted = "LA" if image.mode in {"L", "LA"} else "RGBA"
    else:
        wanted = "RGB"
    plain = image if image.mode == wanted else image.convert(wanted)
    plain.info.clear()
    return plain


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency: what is clear becomes white."""
    plain = _plain(image)
    if plain.mode in {"LA", "RGBA"}:
        paper = Image.new("RGB", plain.size, "white")
        paper.paste(plain.convert("RGB"), mask=plain.getchannel("A"))
        return paper
    return plain.convert("L") if plain.mode == "1" else plain


def _shallow(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _chunks(content: bytes) -> Iterator[bytes]:
    """The chunks of a PNG that are kept, as they stand; what follows the last one is not read."""
    at, kind = len(PNG_MAGIC), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise Unfit("file_damaged")
        if kind in _KEPT_CHUNKS and (kind != b"eXIf" or length <= _EXIF_MOST):
            yield content[at:end]
        at = end
