"""A file on its way in: read no further than its bound, looked through, drawn anew where it is a picture, and put away.

This happens before the wish to attach it: nobody has to wait while a picture is drawn. A file whose wish is then refused is
thrown away by `oce.apps.documents.tidying`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings

from oce.apps.documents import imaging, rules, store
from oce.vf.refusals import refuse_if


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that lies in the store: what it is called, what it is, and where."""

    name: str
    media_type: str
    digest: str
    size: int
    small: str = ""
    width: int = 0
    height: int = 0


def arrived(name: str, stream: IO[bytes]) -> Arrived:
    """Put a file into the store, and return what is known of it.

    Raises:
        Refused: `documents.too_large`, `documents.runs`, `documents.too_many_pixels` and the like.
    """
    name = PurePosixPath(name.replace("\\", "/").strip()).name or "photo"
    refuse_if(rules.refuse_name(name))
    most: int = settings.OCE_DOCUMENT_BYTES_MAX
    content = stream.read(most + 1)
    refuse_if(rules.refuse_size(name, len(content), most))
    refuse_if(rules.refuse_content(content, name))
    form = rules.form_of(content, name)
    if form not in rules.PICTURES:
        return Arrived(name, form, store.put(content), len(content))
    drawn = imaging.drawn_anew(content, name)
    return Arrived(
        name=_named_as(name, drawn.media_type),
        media_type=drawn.media_type,
        digest=store.put(drawn.content),
        size=len(drawn.content),
        small=store.put(drawn.small),
        width=drawn.width,
        height=drawn.height,
    )


def _named_as(name: str, form: str) -> str:
    """Return the name of a picture with the ending of the form that it has now."""
    stem = name.rpartition(".")[0] or name
    ending = ".png" if form == rules.PNG else ".jpg"
    return f"{stem[: rules.NAME_LENGTH_MAX - len(ending)]}{ending}"
