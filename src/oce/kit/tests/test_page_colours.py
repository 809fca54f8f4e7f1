"""Everybody can read the pages: each text has enough contrast to its ground, in the light and in the dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TEXT_CONTRAST_MIN = 4.5
EDGE_CONTRAST_MIN = 3
TEXTS = [
    ("ink", ("ground", "surface", "sunk", "mark")),
    ("muted", ("ground", "surface", "sunk")),
    ("accent", ("ground", "surface", "sunk")),
    ("accent-deep", ("ground", "surface", "sunk")),
    ("on-accent", ("accent", "accent-deep")),
    ("good-ink", ("good",)),
    ("fault-ink", ("fault", "ground", "surface")),
    ("surface", ("fault-ink",)),
    ("ink", ("raised", "accent-soft")),
    ("muted", ("raised",)),
    ("accent", ("raised", "accent-soft")),
    ("accent-deep", ("raised", "accent-soft")),
    ("ground", ("ink",)),
    *((family, ("surface", "sunk")) for family in ("work", "make", "use", "give", "cite")),
]
EDGES = [("edge", ("ground", "surface")), ("accent", ("ground", "surface"))]
EDGES += [(shape, ("ground", "surface")) for shape in ("agent", "thing", "process")]
EDGES += [(f"series-{number}", ("surface",)) for number in range(1, 9)]
PAIRS = [(text, ground, TEXT_CONTRAST_MIN) for text, grounds in TEXTS for ground in grounds]
PAIRS += [(edge, ground, EDGE_CONTRAST_MIN) for edge, grounds in EDGES for ground in grounds]


def palettes() -> list[dict[str, str]]:
    """Return the colours by name: those of the light, and those of the dark."""
    sheet = files("oce.kit.pages").joinpath("static/kit/tokens.css").read_text("utf-8")
    sheet = sheet.partition("@media")[0]
    colours = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", sheet)
    return [{name: light for name, light, _ in colours}, {name: dark for name, _, dark in colours}]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_a_colour_is_read_on_its_ground(text, ground, least) -> None:
    for palette in palettes():
        lighter, darker = sorted((luminance(palette[text]), luminance(palette[ground])), reverse=True)
        contrast = (lighter + 0.05) / (darker + 0.05)
        assert contrast >= least, f"{text} on {ground} has a contrast of {contrast:.2f}: {palette[text]}"
