"""Decodes one picture from standard input to a PNG on standard output, with nothing else in reach.

It is run by its path, apart from the rest of Watchroom, with the largest side of what it writes,
and the pixels, bytes of memory and seconds of work that it may use. What it decodes was made by a
stranger: it can open neither file nor connection, and the system ends a decoder that runs wild.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps

# The library loads these when a picture needs them, which is too late here.
from PIL import ImageColor, ImageFile, ImagePalette  # noqa: F401  isort:skip
from PIL import MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401  isort:skip

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def main(side: int, pixels: int, memory: int, seconds: int) -> int:
    """Read, decode, scale down and write."""
    data = sys.stdin.buffer.read()
    # The picture was measured before, but a decoder may read its size otherwise than we do.
    Image.MAX_IMAGE_PIXELS = pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    warm_up()
    confine(memory, seconds)
    sys.stdout.buffer.write(drawn(data, side))
    sys.stdout.buffer.flush()
    return 0


def drawn(data: bytes, side: int) -> bytes:
    """Return the first frame of a picture as a PNG on white, at most side pixels wide and high."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        picture.draft("RGB", (side, side))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((side, side))
    plain = upright.convert("RGBA")
    ground = Image.new("RGB", plain.size, "white")
    ground.paste(plain, mask=plain.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "PNG", compress_level=1)
    return out.getvalue()


def warm_up() -> None:
    """Draw a picture of each kind, so that no part of the library has to be loaded later."""
    turned = Image.Exif()
    turned[0x0112] = 6
    for form in FORMATS:
        made = io.BytesIO()
        Image.new("P", (2, 2)).convert("RGB").save(made, form, exif=turned)
        drawn(made.getvalue(), 1)


def confine(memory: int, seconds: int) -> None:
    """Take away what a decoder does not need, for good."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
