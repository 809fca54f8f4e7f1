"""Small calm pictures of the valley, drawn by chance that repeats: people, landscapes, and what is made and grown."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

import PIL.Image
import PIL.ImageDraw

from oce.site.valley.chance import Chance

if TYPE_CHECKING:
    from PIL.Image import Image

# Drawn so much larger and then made smaller, edges are smooth.
FINE = 2
PORTRAIT, LANDSCAPE = 192, 400
QUALITY = 82
GROUNDS = ("#dcece4", "#f8e6bf", "#f1dcd0", "#dfe4ee", "#e7dfee", "#e4e8cf")
CLOTHES = ("#1b6956", "#ad5f1a", "#765787", "#2f5d7c", "#98403a", "#5f6b2f", "#3d4a57", "#c9805a")
SKINS = ("#f3d3b8", "#e8bb94", "#d49e72", "#b57b50", "#8d5a38", "#67402a")
HAIRS = ("#2b211c", "#4a3326", "#7a4f2c", "#b98a4e", "#a5a09a", "#d9d4cc", "#8a3b22")
# Sky above and below, sun, and the hills from the far ones to the near.
VIEWS = (
    ("#cfe3e6", "#f7f2e9", "#f3cf7a", ("#a9c4b4", "#6f9d84", "#1b6956")),
    ("#f6d9b8", "#fbeee0", "#e8935a", ("#d9a877", "#ad7a4a", "#6f5233")),
    ("#d5dcec", "#f4eef2", "#f6e3b4", ("#a9aecb", "#7c7aa5", "#4f4a78")),
    ("#dcebd6", "#faf6e6", "#f1c25c", ("#b7cc94", "#8aa85f", "#566f35")),
    ("#bfd9dd", "#eaf2ec", "#fbe7b0", ("#8fb6b4", "#5d8f97", "#2f5d6c")),
    ("#f2d4cc", "#fbefe6", "#d9775f", ("#cf9f94", "#a56a68", "#6a4450")),
)


class Look(NamedTuple):
    """How a kind of things is drawn: the shape, and its colour."""

    shape: str
    colour: str


# What the catalogue shows a picture of.
LOOKS = {
    "Strawberry jam": Look("jar", "#b8323c"), "Raspberry jam": Look("jar", "#9c2f55"), "Plum jam": Look("jar", "#563459"),
    "Apple butter": Look("jar", "#b5742f"), "Marmalade": Look("jar", "#e0932d"),
    "Bread": Look("loaf", "#c58a4a"), "Rye bread": Look("loaf", "#7d5233"),
    "Flour": Look("sack", "#efe7d9"), "Rye flour": Look("sack", "#d9cbb4"), "Wheat": Look("sack", "#e6c27a"),
    "Rye": Look("sack", "#b99b62"), "Sugar": Look("sack", "#f7f2e9"), "Salt": Look("sack", "#dfe4ee"),
    "Apples": Look("fruit", "#b9443a"), "Plums": Look("fruit", "#5b4270"), "Oranges": Look("fruit", "#e58f2e"),
    "Strawberries": Look("fruit", "#c22f3d"), "Raspberries": Look("fruit", "#ad3562"), "Tomatoes": Look("fruit", "#cc4430"),
    "Pumpkins": Look("fruit", "#d9822b"),
}  # fmt: skip


def portrait(name: str) -> bytes:
    """Return the picture of a person, as JPEG."""
    chance = Chance(f"portrait of {name}")
    picture, pen = _canvas(PORTRAIT, chance.one_of(GROUNDS))
    skin, hair, side = chance.one_of(SKINS), chance.one_of(HAIRS), PORTRAIT * FINE
    style = chance.one_of(("short", "bob", "bun", "curls", "parted"))
    if style == "bob":
        pen.rounded_rectangle(_box(side, 0.27, 0.2, 0.73, 0.62), side * 0.2, fill=hair)
    elif style == "bun":
        pen.ellipse(_box(side, 0.42, 0.05, 0.58, 0.21), fill=hair)
    elif style == "curls":
        for step in range(14):
            turn = pi * (0.9 + step * 1.2 / 13)
            _dot(pen, side, 0.5 + 0.21 * cos(turn), 0.38 + 0.23 * sin(turn), 0.075, hair)
    pen.ellipse(_box(side, 0.14, 0.72, 0.86, 1.35), fill=chance.one_of(CLOTHES))
    pen.rounded_rectangle(_box(side, 0.43, 0.55, 0.57, 0.78), side * 0.06, fill=skin)
    pen.ellipse(_box(side, 0.32, 0.19, 0.68, 0.64), fill=skin)
    if style == "parted":
        pen.pieslice(_box(side, 0.29, 0.14, 0.71, 0.62), 180, 300, fill=hair)
        pen.pieslice(_box(side, 0.36, 0.14, 0.71, 0.58), 270, 360, fill=hair)
    else:
        pen.chord(_box(side, 0.3, 0.15, 0.7, 0.63), 195, 345, fill=hair)
    return _written(picture, PORTRAIT)


def landscape(name: str) -> bytes:
    """Return a picture for a place or a group: hills under the sun, as JPEG."""
    chance = Chance(f"view of {name}")
    above, below, sun, hills = chance.one_of(VIEWS)
    picture = PIL.Image.new("RGB", (1, 2))
    picture.putpixel((0, 0), _rgb(above))
    picture.putpixel((0, 1), _rgb(below))
    side = LANDSCAPE * FINE
    sky = picture.resize((1, side), PIL.Image.Resampling.BICUBIC)
    picture = sky.resize((side, side), PIL.Image.Resampling.NEAREST)
    pen = PIL.ImageDraw.Draw(picture)
    _dot(pen, side, chance.number(20, 80) / 100, chance.number(16, 34) / 100, chance.number(7, 12) / 100, sun)
    for number, colour in enumerate(hills):
        height, swing = 0.5 + number * 0.15, chance.number(4, 11) / 100
        begin, waves = chance.number(0, 628) / 100, chance.number(5, 12) / 10
        steps = [step / 24 for step in range(25)]
        edge = [(side * x, side * (height + swing * sin(begin + x * waves * 2 * pi))) for x in steps]
        pen.polygon([(0, side), *edge, (side, side)], fill=colour)
    return _written(picture, LANDSCAPE)


def thing(kind: str) -> bytes:
    """Return the picture of what is made or grown, one of `LOOKS`, as JPEG."""
    look = LOOKS[kind]
    picture, pen = _canvas(LANDSCAPE, Chance(f"ground of {kind}").one_of(GROUNDS))
    side = LANDSCAPE * FINE
    pen.ellipse(_box(side, 0.18, 0.78, 0.82, 0.9), fill="#d9cfbe")
    _SHAPES[look.shape](pen, side, look.colour)
    return _written(picture, LANDSCAPE)


def _jar(pen: PIL.ImageDraw.ImageDraw, side: int, colour: str) -> None:
    pen.rounded_rectangle(_box(side, 0.28, 0.3, 0.72, 0.84), side * 0.08, fill="#fffdf8")
    pen.rounded_rectangle(_box(side, 0.31, 0.36, 0.69, 0.81), side * 0.06, fill=colour)
    pen.rounded_rectangle(_box(side, 0.3, 0.18, 0.7, 0.3), side * 0.025, fill="#1b6956")
    pen.rounded_rectangle(_box(side, 0.36, 0.48, 0.64, 0.68), side * 0.02, fill="#fffdf8")
    for line, width in ((0.54, 0.1), (0.59, 0.14), (0.64, 0.07)):
        pen.rounded_rectangle(_box(side, 0.5 - width / 2, line - 0.008, 0.5 + width / 2, line + 0.008), 6, fill=colour)


def _loaf(pen: PIL.ImageDraw.ImageDraw, side: int, colour: str) -> None:
    pen.ellipse(_box(side, 0.14, 0.34, 0.86, 0.84), fill=colour)
    for at in (0.3, 0.44, 0.58):
        pen.arc(_box(side, at, 0.4, at + 0.2, 0.66), 150, 270, fill="#f3dcb6", width=side // 42)


def _sack(pen: PIL.ImageDraw.ImageDraw, side: int, colour: str) -> None:
    pen.rounded_rectangle(_box(side, 0.26, 0.34, 0.74, 0.86), side * 0.11, fill=colour, outline="#b9a888", width=6)
    pen.polygon([(side * x, side * y) for x, y in ((0.36, 0.2), (0.64, 0.2), (0.58, 0.36), (0.42, 0.36))], fill=colour)
    pen.line([(side * 0.41, side * 0.345), (side * 0.59, side * 0.345)], fill="#ad5f1a", width=side // 48)
    pen.ellipse(_box(side, 0.42, 0.52, 0.58, 0.68), outline="#ad5f1a", width=side // 80)


def _fruit(pen: PIL.ImageDraw.ImageDraw, side: int, colour: str) -> None:
    for x, y, wide in ((0.36, 0.64, 0.19), (0.64, 0.64, 0.19), (0.5, 0.52, 0.21)):
        _dot(pen, side, x, y, wide, "#fffdf8")
        _dot(pen, side, x, y, wide - 0.012, colour)
        pen.arc(
            _box(side, x - wide * 0.6, y - wide * 0.6, x + wide * 0.4, y + wide * 0.4), 190, 260, "#fffdf8", side // 70
        )
    pen.line([(side * 0.5, side * 0.34), (side * 0.53, side * 0.24)], fill="#6f5233", width=side // 60)
    pen.ellipse(_box(side, 0.53, 0.2, 0.68, 0.28), fill="#5f8a4a")


_SHAPES: dict[str, Callable[[PIL.ImageDraw.ImageDraw, int, str], None]] = {
    "jar": _jar,
    "loaf": _loaf,
    "sack": _sack,
    "fruit": _fruit,
}


def _canvas(size: int, ground: str) -> tuple[Image, PIL.ImageDraw.ImageDraw]:
    picture = PIL.Image.new("RGB", (size * FINE, size * FINE), ground)
    return picture, PIL.ImageDraw.Draw(picture)


def _written(picture: Image, size: int) -> bytes:
    written = BytesIO()
    picture.resize((size, size), PIL.Image.Resampling.BOX).save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _box(side: int, *edges: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = edges
    return side * left, side * top, side * right, side * bottom


def _dot(pen: PIL.ImageDraw.ImageDraw, side: int, x: float, y: float, radius: float, colour: str) -> None:
    pen.ellipse(_box(side, x - radius, y - radius, x + radius, y + radius), fill=colour)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
