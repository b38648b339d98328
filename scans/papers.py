"""PDF: its pages written anew with what is drawn on them, and nothing else.

Pages are copied key by key: what is not listed does not exist in the copy. So no script, action, attachment,
form, metadata, link or reference to another file can come along, whatever it is called.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PdfReadError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from scans import paper_keys
from scans.stamps import Stamp, resolved, stamps
from scans.streams import repacked
from scans.verdict import PAGES, Clean, Unfit

_OBJECTS: Final = 50_000
"""Of a copy: a technical bound."""
_NESTED: Final = 50
_DEVICES: Final = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_PLAIN: Final = (BooleanObject, FloatObject, NameObject, NumberObject)
_A4: Final = (0, 0, 595, 842)
_NO_INDEX: Final = b"\nstartxref\n0\n%%EOF\n"
_CATALOG, _TREE, _FIRST = 1, 2, 3


def clean_pdf(content: bytes) -> Clean:
    """A PDF's pages as a new PDF.

    Raises:
        Unfit: `file_locked`, `file_pages`, `file_pixels`, `file_heavy` or `file_damaged`.
    """
    with apply_configuration(jbig2dec_binary=None):  # no other program is ever asked
        reader = _read(content)
        if reader.is_encrypted:
            raise Unfit("file_locked")
        return Clean("application/pdf", _Copy(list(_pages(reader))).written())


def _read(content: bytes) -> PdfReader:
    """The file as it says it is; where its index is lost, as its objects are found."""
    try:
        return PdfReader(BytesIO(content))
    except PdfReadError:
        return PdfReader(BytesIO(content + _NO_INDEX))


def _pages(reader: PdfReader) -> Iterator[DictionaryObject]:
    """The pages in order, each with what it inherits; the file's own counts are not asked.

    Raises:
        Unfit: `file_pages`; `file_damaged` where the tree has no page or goes in a circle.
    """
    waiting: list[tuple[Any, dict[Any, Any]]] = [(_entry(reader.trailer["/Root"], "/Pages"), {})]
    seen: set[int] = set()
    found = 0
    while waiting:
        entry, inherited = waiting.pop()
        if isinstance(entry, IndirectObject):
            if entry.idnum in seen:
                raise Unfit("file_damaged")
            seen.add(entry.idnum)
        node = resolved(entry)
        if not isinstance(node, DictionaryObject):
            continue
        below = {**inherited, **_of(node, paper_keys.INHERITED)}
        kids = resolved(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            waiting.extend((kid, below) for kid in reversed(kids))
            continue
        found += 1
        if found > PAGES:
            raise Unfit("file_pages", limit=PAGES)
        yield DictionaryObject({**_of(node, paper_keys.PAGE), **below})
    if not found:
        raise Unfit("file_damaged")


class _Copy:
    """A new PDF of some pages; what they refer to follows, each object once."""

    def __init__(self, pages: list[DictionaryObject]) -> None:
        self._numbers: dict[tuple[int, bool], int] = {}
        self._waiting: deque[tuple[int, IndirectObject, bool]] = deque()
        self._bodies: dict[int, PdfObject] = {}
        self._last = _FIRST + len(pages) - 1
        for number, page in enumerate(pages, _FIRST):
            self._bodies[number] = self._page(page)
        while self._waiting:
            number, source, named = self._waiting.popleft()
            self._bodies[number] = self._copied(resolved(source), named=named, top=True)
        self._bodies[_TREE] = _dictionary(
            Type=NameObject("/Pages"),
            Kids=ArrayObject(_reference(number) for number in range(_FIRST, _FIRST + len(pages))),
            Count=NumberObject(len(pages)),
        )
        self._bodies[_CATALOG] = _dictionary(Type=NameObject("/Catalog"), Pages=_reference(_TREE))

    def written(self) -> bytes:
        """The whole file."""
        out, places = BytesIO(), []
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number in range(1, self._last + 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n" % number)
            self._bodies[number].write_to_stream(out)
            out.write(b"\nendobj\n")
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.writelines(b"%010d 00000 n \n" % place for place in places)
        out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
        return out.getvalue()

    def _page(self, page: DictionaryObject) -> DictionaryObject:
        made = _dictionary(
            Type=NameObject("/Page"), Parent=_reference(_TREE), MediaBox=_box(page, "/MediaBox")
        )
        if "/CropBox" in page:
            made[NameObject("/CropBox")] = _box(page, "/CropBox")
        over = {f"/Over{number}": one for number, one in enumerate(stamps(page.get("/Annots")))}
        if over:
            page[NameObject("/Resources")] = _resources_with(page, over)
        for key in ("/Rotate", "/Resources", "/Contents", "/Group"):
            if key in page:
                made[NameObject(key)] = self._copied(page.raw_get(key))
        if over:
            made[NameObject("/Contents")] = self._contents_with(page, over)
        return made

    def _contents_with(self, page: DictionaryObject, over: Mapping[str, Stamp]) -> ArrayObject:
        """What the page draws, and then what lies over it."""
        before = resolved(page.get("/Contents"))
        drawn = (
            before
            if isinstance(before, ArrayObject)
            else [page.raw_get("/Contents")]
            if "/Contents" in page
            else []
        )
        words = b"".join(one.drawn_as(name) for name, one in over.items())
        return ArrayObject([self._own(b"q\n"), *map(self._copied, drawn), self._own(b"\nQ\n" + words)])

    def _own(self, words: bytes) -> IndirectObject:
        """A content stream of ours."""
        self._last += 1
        made = self._bodies[self._last] = StreamObject()
        made._data = words  # noqa: SLF001 - nothing is packed
        return _reference(self._last)

    def _copied(self, value: Any, depth: int = 0, *, named: bool = False, top: bool = False) -> PdfObject:  # noqa: ANN401
        """A value as the copy holds it: what is unknown becomes nothing."""
        if depth > _NESTED:
            raise Unfit("file_damaged")
        if isinstance(value, IndirectObject):
            return self._referred(value, named=named)
        if isinstance(value, StreamObject):
            return self._stream(value) if top else NullObject()
        if isinstance(value, DictionaryObject):
            return self._kept(value, depth, named=named)
        if isinstance(value, ArrayObject):
            return _device(value) or ArrayObject(self._copied(one, depth + 1) for one in value)
        if isinstance(value, TextStringObject):
            return ByteStringObject(value.original_bytes)
        return value if isinstance(value, (*_PLAIN, ByteStringObject)) else NullObject()

    def _referred(self, source: IndirectObject, *, named: bool) -> IndirectObject:
        key = (source.idnum, named)
        if key not in self._numbers:
            self._last += 1
            if self._last > _OBJECTS:
                raise Unfit("file_heavy")
            self._numbers[key] = self._last
            self._waiting.append((self._last, source, named))
        return _reference(self._numbers[key])

    def _kept(self, source: DictionaryObject, depth: int, *, named: bool) -> DictionaryObject:
        """The keys that are drawn; of a dictionary of names every one that names a thing."""
        made = DictionaryObject()
        for key, value in source.items():
            if named and isinstance(value, DictionaryObject | ArrayObject | IndirectObject | NameObject):
                made[NameObject(key)] = self._copied(value, depth + 1)
            elif not named and key in paper_keys.KEPT:
                made[NameObject(key)] = self._copied(value, depth + 1, named=key in paper_keys.NAMED)
        return made

    def _stream(self, source: StreamObject) -> PdfObject:
        if source.get("/Subtype") == "/PS" or "/F" in source:
            return NullObject()  # a program for printers; or bytes that lie in another file
        data, filters = repacked(source)
        made = StreamObject()
        made.update(self._kept(source, 0, named=False))
        made.update(filters)
        made._data = data  # noqa: SLF001 - packed already
        return made


def _resources_with(page: DictionaryObject, over: Mapping[str, Stamp]) -> DictionaryObject:
    """What the page draws with, and what lies over it."""
    resources = _entries(page.get("/Resources"))
    pictures = _entries(resources.get("/XObject"))
    pictures.update({NameObject(name): one.picture for name, one in over.items()})
    resources[NameObject("/XObject")] = pictures
    return resources


def _entries(value: Any) -> DictionaryObject:  # noqa: ANN401 - whatever a PDF holds
    """A dictionary of its own with the same entries; an empty one of anything else."""
    found = resolved(value)
    entries = dict.items(found) if isinstance(found, DictionaryObject) else ()
    return DictionaryObject(entries)


def _device(array: ArrayObject) -> NameObject | None:
    """A colour space of a profile as the plain one of as many colours: profiles are programs of a kind."""
    if len(array) < 2 or array[0] != "/ICCBased":  # noqa: PLR2004 - its name and its profile
        return None
    profile = resolved(array[1])
    colours = profile.get("/N") if isinstance(profile, DictionaryObject) else None
    return NameObject(_DEVICES.get(int(resolved(colours) or 3), "/DeviceRGB"))


def _box(page: DictionaryObject, key: str) -> ArrayObject:
    """Four numbers; a page that does not say so is an A4."""
    found = resolved(page.get(key))
    sides = [resolved(side) for side in found] if isinstance(found, ArrayObject) else []
    if len(sides) != len(_A4) or not all(isinstance(side, NumberObject | FloatObject) for side in sides):
        return ArrayObject(NumberObject(side) for side in _A4)
    return ArrayObject(sides)


def _of(node: DictionaryObject, keys: frozenset[str]) -> dict[Any, Any]:
    return {NameObject(key): node.raw_get(key) for key in sorted(keys) if key in node}


def _entry(node: Any, key: str) -> Any:  # noqa: ANN401 - whatever a PDF holds
    if not isinstance(node, DictionaryObject) or key not in node:
        raise Unfit("file_damaged")
    return node.raw_get(key)


def _reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})
