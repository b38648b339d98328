"""What of a PDF is drawn: the keys that a clean copy keeps. There is no key here that leads to an action."""

from typing import Final

PAGE: Final = frozenset({"/Contents", "/Group", "/Annots"})
"""What is read of a page; of its annotations only how they look."""
INHERITED: Final = frozenset({"/Resources", "/MediaBox", "/CropBox", "/Rotate"})
"""What a page takes over from the nodes above it."""

NAMED: Final = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs"}
)
"""Their dictionaries give things that are drawn the names by which the page calls them: any name will do."""

_FONTS: Final = """
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences ToUnicode
    DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 CIDToGIDMap FontBBox
    FontMatrix CMapName WMode UseCMap FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent
    Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2
    FontFile3 CharSet CIDSet Length1 Length2 Length3
"""
_STATES: Final = "LW LC LJ ML D RI OP op OPM FL SM SA BM SMask CA ca AIS TK G BC TR"
_SHADINGS: Final = """
    ShadingType Background BBox AntiAlias Domain Matrix Function Coords Extend BitsPerCoordinate
    BitsPerComponent BitsPerFlag Decode VerticesPerRow FunctionType Range Size BitsPerSample Order Encode
    C0 C1 N Functions Bounds
"""
_PATTERNS: Final = "PatternType PaintType TilingType XStep YStep"
_FORMS: Final = "FormType Resources Group S CS I K WhitePoint BlackPoint Gamma"
_IMAGES: Final = "Width Height Interpolate Mask ImageMask Intent Matte"

KEPT: Final = NAMED | {
    f"/{name}"
    for name in f"Type Subtype {_FONTS} {_STATES} {_SHADINGS} {_PATTERNS} {_FORMS} {_IMAGES}".split()
}
"""Keys of every dictionary below a page. Streams are given their length and filters anew."""
