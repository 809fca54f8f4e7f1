"""What a text may hold, so that every database, file and terminal can hold it too."""

from __future__ import annotations

import re

_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


def is_text(text: str) -> bool:
    """Return whether the text holds characters only: neither zeros nor halves of characters (lone surrogates)."""
    return _NO_CHARACTER.search(text) is None
