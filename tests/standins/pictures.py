"""Small real pictures that stand-ins serve, and that tests feed to what opens pictures."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import Image, ImageDraw


@cache
def engine() -> bytes:
    """Return a drawing of a fire engine, as PNG."""
    drawn = Image.new("RGB", (320, 200), "#dfe7ee")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((30, 60, 290, 140), fill="#b3261e")
    pen.rectangle((40, 70, 100, 100), fill="#f4f7fa")
    pen.rectangle((110, 40, 280, 52), fill="#6b7785")
    for left in (60, 210):
        pen.ellipse((left, 120, left + 50, 170), fill="#22272d")
    return encoded(drawn)


def encoded(picture: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """Return a picture as a file of that form."""
    made = io.BytesIO()
    picture.save(made, form, **how)
    return made.getvalue()


def blank(width: int, height: int, form: str = "PNG") -> bytes:
    """Return a black picture of that size, which packs very small."""
    return encoded(Image.new("L", (width, height)), form)
