"""The worked examples of the standard, where this machine has them: documents, repairs and expected results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.repairs import repaired, with_assumptions

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "vf-1.0.0" / "examples"
MISSING = f"The worked examples of the standard are not on this machine (looked in {FOLDER})."


@dataclass(frozen=True)
class Example:
    """One example: its document as written, and what is expected of it."""

    name: str
    document: Any
    expected: dict[str, Any]

    @property
    def mended(self) -> Any:
        """The document with the listed repairs, and the assumptions that name what an event creates."""
        mended = repaired(self.document, self.expected.get("repairs", []))
        return with_assumptions(mended, self.expected.get("assumptions", {}))

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the document declares, for reading the short identifiers of the expected results."""
        context = self.mended.get("@context", []) if isinstance(self.mended, dict) else []
        parts = context if isinstance(context, list) else [context]
        return {key: value for part in parts for key, value in part.items() if not key.startswith("@")}

    def full(self, short: Any) -> Any:
        """Return an identifier of the expected results as the document means it."""
        if not isinstance(short, str):
            return short
        prefix, colon, rest = short.partition(":")
        return self.prefixes[prefix] + rest if colon and prefix in self.prefixes else short


def load() -> list[Example]:
    """Return all examples in order of name; none where they are not on this machine."""
    found = []
    for path in sorted(FOLDER.glob("*.jsonld")):
        results = path.with_suffix("").with_suffix(".expected.json")
        expected = json.loads(results.read_text("utf-8"), parse_float=str) if results.exists() else {}
        found.append(Example(path.stem, json.loads(path.read_text("utf-8"), parse_float=str), expected))
    return found
