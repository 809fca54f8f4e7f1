"""Files for tests: pictures with something written into them, and files that only pretend."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

PDF = b"%PDF-1.7\n%%EOF\n"


def jpeg(width: int = 600, height: int = 400, *, owner: str = "") -> bytes:
    """Return a photo; with `owner`, one in which a camera wrote whose it is, and that it lies on its side."""
    import PIL.Image

    written = BytesIO()
    picture = PIL.Image.new("RGB", (width, height), (180, 90, 40))
    exif = PIL.Image.Exif()
    if owner:
        exif[0x0112] = 6
        exif[0x013B] = owner
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


def png(width: int = 40, height: int = 40) -> bytes:
    """Return a picture that one can see through."""
    import PIL.Image

    written = BytesIO()
    PIL.Image.new("RGBA", (width, height), (10, 20, 30, 40)).save(written, "PNG")
    return written.getvalue()


def vast_png(width: int, height: int) -> bytes:
    """Return a file of some bytes that says it is a picture of that size, and ends there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 4) + b"IDAT"
