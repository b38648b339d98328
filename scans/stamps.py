"""What lies over a page of a PDF (fields, stamps, comments): drawn where it carries a picture of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import isfinite
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

_MOST: Final = 500
"""Of a page: a technical bound."""
_UNSEEN: Final = 2 | 32
"""Flags of what is hidden, or shown on paper only."""
_SAME: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A picture that lies over a page.

    Attributes:
        picture: where its form is.
        scale, shift: how it is laid upon the page, across and up.
    """

    picture: IndirectObject
    scale: tuple[float, float]
    shift: tuple[float, float]

    def drawn_as(self, name: str) -> bytes:
        """The words that draw it under this name."""
        numbers = (self.scale[0], 0.0, 0.0, self.scale[1], *self.shift)
        return f"q {' '.join(f'{number:.4f}' for number in numbers)} cm {name} Do Q\n".encode()


def stamps(annotations: Any) -> Iterator[Stamp]:  # noqa: ANN401 - whatever a PDF holds
    """The pictures among a page's annotations; nothing of what they do."""
    found = resolved(annotations)
    for entry in found[:_MOST] if isinstance(found, ArrayObject) else ():
        annotation = resolved(entry)
        if isinstance(annotation, DictionaryObject) and not _flags(annotation) & _UNSEEN:
            stamp = _stamp(annotation)
            if stamp is not None:
                yield stamp


def resolved(value: Any) -> Any:  # noqa: ANN401 - whatever a PDF holds
    """What a reference refers to; anything else as it is."""
    return value.get_object() if isinstance(value, PdfObject) else value


def _stamp(annotation: DictionaryObject) -> Stamp | None:
    picture = _picture(annotation)
    form = resolved(picture)
    if picture is None or not isinstance(form, StreamObject):
        return None
    rect = _numbers(annotation.get("/Rect"), 4)
    box = _turned(_numbers(form.get("/BBox"), 4), _numbers(form.get("/Matrix"), 6) or _SAME)
    if not rect or not box:
        return None
    left, right = sorted(rect[::2])
    low, high = sorted(rect[1::2])
    scale = ((right - left) / (box[2] - box[0]), (high - low) / (box[3] - box[1]))
    return Stamp(picture, scale, (left - box[0] * scale[0], low - box[1] * scale[1]))


def _picture(annotation: DictionaryObject) -> IndirectObject | None:
    """How it looks in its present state."""
    appearance = resolved(annotation.get("/AP"))
    normal = appearance.get("/N") if isinstance(appearance, DictionaryObject) else None
    states = resolved(normal)
    if isinstance(states, DictionaryObject) and not isinstance(states, StreamObject):
        normal = states.get(resolved(annotation.get("/AS")))
    return normal if isinstance(normal, IndirectObject) else None


def _turned(box: tuple[float, ...], matrix: tuple[float, ...]) -> tuple[float, ...]:
    """The upright box around a box that a matrix has moved; none around one without an area."""
    if not box:
        return ()
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in product(box[::2], box[1::2])]
    across, up = zip(*corners, strict=True)
    around = (min(across), min(up), max(across), max(up))
    return around if around[0] < around[2] and around[1] < around[3] else ()


def _numbers(value: Any, count: int) -> tuple[float, ...]:  # noqa: ANN401 - whatever a PDF holds
    found = resolved(value)
    if not isinstance(found, ArrayObject) or len(found) != count:
        return ()
    try:
        numbers = tuple(float(resolved(one)) for one in found)
    except (TypeError, ValueError):
        return ()
    return numbers if all(map(isfinite, numbers)) else ()


def _flags(annotation: DictionaryObject) -> int:
    flags = resolved(annotation.get("/F"))
    return flags if isinstance(flags, int) else 0
