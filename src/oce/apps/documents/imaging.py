"""Pictures drawn anew: upright, of a sensible size, without what a camera wrote into them about place and owner.

Nothing of the file that came is kept, so whatever else was hidden in it is gone.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from oce.apps.documents.rules import JPEG, PNG, refuse_pixels, refuse_unreadable
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from PIL.Image import Image

# Sharp on a large screen and on a page of paper.
SIDE_MAX = 2_400
SMALL_SIDE_MAX = 480
QUALITY = 85
# What a damaged picture lets the readers of its forms, and of what a camera wrote into it, stumble over.
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew, and a small one for lists."""

    content: bytes
    media_type: str
    width: int
    height: int
    small: bytes


def drawn_anew(content: bytes, name: str) -> Drawn:
    """Return the picture that a file holds, drawn anew.

    Raises:
        Refused: `documents.too_many_pixels` before anything is unpacked, or `documents.unreadable`.
    """
    import PIL.Image
    import PIL.ImageOps

    # How many points are too many is said here, before a point is read.
    PIL.Image.MAX_IMAGE_PIXELS = None
    try:
        with PIL.Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as opened:
            refuse_if(refuse_pixels(name, *opened.size))
            opened.draft("RGB", (SIDE_MAX, SIDE_MAX))
            upright = PIL.ImageOps.exif_transpose(opened)
            picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except _UNREADABLE as fault:
        raise Refused(refuse_unreadable(name)) from fault
    picture.thumbnail((SIDE_MAX, SIDE_MAX))
    media_type = PNG if picture.mode == "RGBA" else JPEG
    small = picture.copy()
    small.thumbnail((SMALL_SIDE_MAX, SMALL_SIDE_MAX))
    return Drawn(_written(picture), media_type, picture.width, picture.height, _written(small))


def _written(picture: Image) -> bytes:
    written = BytesIO()
    picture.info = {}
    if picture.mode == "RGBA":
        picture.save(written, "PNG", optimize=True)
    else:
        picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
