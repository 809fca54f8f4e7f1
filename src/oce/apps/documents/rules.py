"""What files are taken: by what they hold, never by what they are called, and nothing that a browser would run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from oce.vf.refusals import Refusal, gettext_noop
from oce.vf.texts import is_text

NAME_LENGTH_MAX = 200
NOTE_LENGTH_MAX = 2_000
PIXELS_MAX = 40_000_000
# More files than anybody looks through on one page.
FILES_MAX = 100
MEGABYTE = 1024 * 1024

JPEG, PNG, WEBP, GIF = "image/jpeg", "image/png", "image/webp", "image/gif"
PICTURES = frozenset({JPEG, PNG, WEBP, GIF})
PDF, ZIP, TEXT = "application/pdf", "application/zip", "text/plain"
_BEGINNINGS: Mapping[bytes, str] = MappingProxyType(
    {
        b"\xff\xd8\xff": JPEG,
        b"\x89PNG\r\n\x1a\n": PNG,
        b"GIF87a": GIF,
        b"GIF89a": GIF,
        b"%PDF-": PDF,
        b"PK\x03\x04": ZIP,
    }
)
# Papers of office programs are archives; their names say which, and nothing is lost where a name is wrong.
_OFFICE: Mapping[str, str] = MappingProxyType(
    {
        ".odt": "application/vnd.oasis.opendocument.text",
        ".ods": "application/vnd.oasis.opendocument.spreadsheet",
        ".odp": "application/vnd.oasis.opendocument.presentation",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
# What a browser, or a careless double click, would run.
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|style|link|meta|\?xml)\b|<\?xml", re.IGNORECASE
)
_PROGRAMS = (b"#!", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
# How the photos of some telephones begin, after four bytes: few browsers show them.
_PHOTOS_OF_PHONES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif")

EMPTY = gettext_noop("{name} holds nothing. Choose the file once more.")
TOO_LARGE = gettext_noop("{name} has more than {most} MB. Make it smaller, or attach a link to it in a note.")
RUNS = gettext_noop(
    "{name} holds a program or a web page (SVG is one too). Attach a picture (JPEG, PNG) or a PDF of it."
)
OF_A_PHONE = gettext_noop(
    "{name} is a photo in a form that few browsers show (HEIC or AVIF). Let the camera take JPEG, or send a screenshot."
)
UNKNOWN = gettext_noop("{name} is of no known form. Attach a JPEG, PNG or WebP picture, a PDF, a text, or a ZIP of it.")
TOO_MANY_PIXELS = gettext_noop(
    "{name} is a picture of {pixels} million points, and at most {most} million are taken. Scale it down, then attach it."
)
UNREADABLE = gettext_noop("{name} cannot be read as a picture; perhaps it was cut off on its way. Send it once more.")
NAME_TOO_LONG = gettext_noop("The name of the file has {length} characters, and at most {most} are kept. Shorten it.")
NAME_NO_TEXT = gettext_noop("The name of the file holds what is no character. Name it anew.")
NOTE_TOO_LONG = gettext_noop("The note has {length} characters, and at most {most} are kept. Shorten it.")
TOO_MANY = gettext_noop("{subject} has {most} documents already. Take one off that nobody needs any more.")
UNKNOWN_ROLE = gettext_noop("There is no “{role}” among the kinds of documents. Choose one of these: {known}.")

NOT_THERE = gettext_noop("There is no document {reference}. Look at the page of what it was attached to.")


def form_of(content: bytes, name: str) -> str:
    """Return the media type of a file by its first bytes; empty where it is none that is taken."""
    found = next((form for beginning, form in _BEGINNINGS.items() if content.startswith(beginning)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if found == ZIP:
        return _OFFICE.get(PurePath(name).suffix.lower(), ZIP)
    return found or (TEXT if _is_plain_text(content) else "")


def refuse_name(name: str) -> list[Refusal]:
    """A file has a name of some length, made of characters."""
    if not is_text(name):
        return [Refusal("documents.name_no_text", NAME_NO_TEXT, "name")]
    if len(name) > NAME_LENGTH_MAX:
        return [Refusal("documents.name_too_long", NAME_TOO_LONG, "name", length=len(name), most=NAME_LENGTH_MAX)]
    return []


def refuse_note(note: str) -> list[Refusal]:
    """A note is a few sentences."""
    if len(note) <= NOTE_LENGTH_MAX:
        return []
    return [Refusal("documents.note_too_long", NOTE_TOO_LONG, "note", length=len(note), most=NOTE_LENGTH_MAX)]


def refuse_size(name: str, size: int, most: int) -> list[Refusal]:
    """A file holds something, and not too much."""
    if not size:
        return [Refusal("documents.empty", EMPTY, "content", name=name)]
    if size > most:
        return [Refusal("documents.too_large", TOO_LARGE, "content", name=name, most=most // MEGABYTE)]
    return []


def refuse_content(content: bytes, name: str) -> list[Refusal]:
    """A file is of a form that is taken, and nothing that runs."""
    if form_of(content, name):
        return []
    if content.startswith(_PROGRAMS) or _MARKUP.search(content):
        return [Refusal("documents.runs", RUNS, "content", name=name)]
    if content[4:12] in _PHOTOS_OF_PHONES:
        return [Refusal("documents.photo_of_a_phone", OF_A_PHONE, "content", name=name)]
    return [Refusal("documents.unknown_form", UNKNOWN, "content", name=name)]


def refuse_pixels(name: str, width: int, height: int) -> list[Refusal]:
    """A picture can be drawn anew without filling the memory; asked before it is unpacked."""
    if width * height <= PIXELS_MAX:
        return []
    million = 1_000_000
    pixels, most = -(-width * height // million), PIXELS_MAX // million
    return [Refusal("documents.too_many_pixels", TOO_MANY_PIXELS, "content", name=name, pixels=pixels, most=most)]


def refuse_unreadable(name: str) -> list[Refusal]:
    """What calls itself a picture can be read as one."""
    return [Refusal("documents.unreadable", UNREADABLE, "content", name=name)]


def refuse_another(subject: object, count: int) -> list[Refusal]:
    """A record has as many documents as one page shows."""
    if count < FILES_MAX:
        return []
    return [Refusal("documents.too_many", TOO_MANY, None, subject=str(subject), most=FILES_MAX)]


def refuse_role(role: str, known: list[str]) -> list[Refusal]:
    """A document is of a kind that the house knows."""
    if role in known:
        return []
    return [Refusal("documents.unknown_role", UNKNOWN_ROLE, "role", role=role, known=", ".join(known))]


def refuse_unknown(reference: str) -> Refusal:
    """Return the refusal of a document that is not there, or not for the one who asks."""
    return Refusal("documents.unknown", NOT_THERE, "id", reference=reference[:NAME_LENGTH_MAX])


def _is_plain_text(content: bytes) -> bool:
    """Return whether a file is text without anything in it that a browser or a shell would run."""
    if b"\x00" in content or content.startswith(_PROGRAMS) or _MARKUP.search(content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
