"""The streams of a PDF: unpacked within limits and packed anew; pictures keep their compression."""

import zlib
from io import BytesIO
from typing import Any, Final, cast

from PIL import Image
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from scans.pictures import check_pixels
from scans.verdict import MEGAPIXELS, Unfit

_MOST: Final = MEGAPIXELS * 1_000_000 * 4
"""Bytes of an unpacked stream: a picture of four colours."""
_STEP: Final = 2**20
_PACKED: Final = "/FlateDecode"
_GENERAL: Final = frozenset({_PACKED, "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"})
_LENGTH_OF_MARKER: Final = 2
_DROPPED_SEGMENTS: Final = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""Of a JPEG inside a PDF: EXIF, profiles, comments. APP0 and APP14 say which colours it has."""
_START_OF_SCAN: Final = 0xDA


def repacked(stream: StreamObject) -> tuple[bytes, DictionaryObject]:
    """A stream's bytes as the copy holds them, and their filters.

    Raises:
        Unfit: `file_pixels`, `file_heavy`, or `file_damaged`, also for a compression that cannot be checked.
    """
    names, parameters = _chain(stream)
    if stream.get("/Subtype") == "/Image":
        return _picture(stream, names, parameters)
    return zlib.compress(_undone(stream, names, parameters)), _filters(_PACKED)


def _picture(
    stream: StreamObject, names: list[str], parameters: list[DictionaryObject]
) -> tuple[bytes, DictionaryObject]:
    check_pixels(_number(stream, "/Width"), _number(stream, "/Height"))
    last = names[-1] if names else ""
    if last == "/DCTDecode":
        return _bare_jpeg(_undone(stream, names[:-1], parameters)), _filters(last)
    if last == "/CCITTFaxDecode":
        fax = _fax(parameters[len(names) - 1])
        return _undone(stream, names[:-1], parameters), _filters(last, fax)
    if last == "/JPXDecode":
        return _from_jpx(_undone(stream, names[:-1], parameters))
    if names == [_PACKED]:
        return _cut(stream._data), _filters(_PACKED, _predictor(parameters[0]))  # noqa: SLF001 - as it lies
    return zlib.compress(_undone(stream, names, parameters)), _filters(_PACKED)


def _chain(stream: StreamObject) -> tuple[list[str], list[DictionaryObject]]:
    """The filters in the order in which they are undone, with the parameters of each."""
    names = _listed(stream.get("/Filter"))
    given = _listed(stream.get("/DecodeParms"))
    parameters = [one if isinstance(one, DictionaryObject) else DictionaryObject() for one in given]
    parameters += [DictionaryObject()] * (len(names) - len(parameters))
    return [str(name) for name in names], parameters


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - whatever a PDF holds
    found = value.get_object() if isinstance(value, PdfObject) else value
    several = found if isinstance(found, ArrayObject) else [found]
    return [one.get_object() for one in several if isinstance(one, PdfObject)]


def _undone(stream: StreamObject, names: list[str], parameters: list[DictionaryObject]) -> bytes:
    """The stream's bytes with these filters undone.

    Raises:
        Unfit: `file_damaged` for one that is a picture's own, or unknown: nothing here can check it.
    """
    if not _GENERAL.issuperset(names):
        raise Unfit("file_damaged")
    outer = StreamObject()
    outer._data = stream._data  # noqa: SLF001 - as it lies
    outer[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in names)
    outer[NameObject("/DecodeParms")] = ArrayObject(parameters[: len(names)])
    return decode_stream_data(outer)


def _cut(data: bytes) -> bytes:
    """Deflated bytes without what follows their end, unpacked once to see that they are sound.

    Raises:
        Unfit: `file_heavy` where they are too many.
    """
    unpacker, size, rest = zlib.decompressobj(), 0, data
    while rest and not unpacker.eof:
        size += len(unpacker.decompress(rest, _STEP))
        if size > _MOST:
            raise Unfit("file_heavy")
        rest = unpacker.unconsumed_tail
    return data[: len(data) - len(unpacker.unused_data)]


def _bare_jpeg(data: bytes) -> bytes:
    """A JPEG that can be decoded, without EXIF, profiles, comments, and what follows its end."""
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    check_pixels(*picture.size)
    picture.load()
    kept, at = [data[:2]], 2
    while data[at + 1] != _START_OF_SCAN:
        if data[at] != 0xFF:  # noqa: PLR2004 - every marker begins with it
            raise Unfit("file_damaged")
        end = at + _LENGTH_OF_MARKER + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] not in _DROPPED_SEGMENTS:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + data[at : data.rindex(b"\xff\xd9") + 2]


def _from_jpx(data: bytes) -> tuple[bytes, DictionaryObject]:
    picture = Image.open(BytesIO(data), formats=["JPEG2000"])
    check_pixels(*picture.size)
    plain, out = picture.convert("L" if picture.mode == "L" else "RGB"), BytesIO()
    plain.info.clear()
    plain.save(out, "JPEG", quality=85)
    filters = _filters("/DCTDecode")
    filters[NameObject("/ColorSpace")] = NameObject("/DeviceGray" if plain.mode == "L" else "/DeviceRGB")
    filters[NameObject("/BitsPerComponent")] = NumberObject(8)
    return out.getvalue(), filters


def _filters(name: str, parameters: DictionaryObject | None = None) -> DictionaryObject:
    made = DictionaryObject({NameObject("/Filter"): NameObject(name)})
    if parameters:
        made[NameObject("/DecodeParms")] = parameters
    return made


def _predictor(given: DictionaryObject) -> DictionaryObject:
    return _numbers(given, "/Predictor", "/Colors", "/BitsPerComponent", "/Columns")


def _fax(given: DictionaryObject) -> DictionaryObject:
    named = ("/EndOfLine", "/EncodedByteAlign", "/EndOfBlock", "/BlackIs1")
    switches = {NameObject(key): given[key] for key in named if key in given}
    return DictionaryObject({**_numbers(given, "/K", "/Columns", "/Rows"), **switches})


def _numbers(given: DictionaryObject, *keys: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(key): NumberObject(_number(given, key)) for key in keys if key in given}
    )


def _number(given: DictionaryObject, key: str) -> int:
    try:
        return int(cast("Any", given[key]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unfit("file_damaged") from error
