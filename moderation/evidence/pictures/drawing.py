"""Makes a picture that is safe to show: measured first, then decoded and drawn anew in a child."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from moderation.evidence.pictures.measuring import Measure, measure
from moderation.evidence.pictures.sniffing import GIF, JPEG, PNG, WEBP, kind_of

MOST_PIXELS: Final = 40_000_000
MOST_FRAMES: Final = 1_000
SIDE: Final = 1_600

NO_PICTURE: Final = "It is no picture, so none is shown."
NOT_DRAWN_HERE: Final = "Pictures of this kind ({}) are kept but not shown here."
NO_SIZE: Final = "It is damaged: it does not say how large it is. It is kept as it came."
TOO_MANY_PIXELS: Final = (
    "It says that it has more than {} million pixels, so it was not opened. It is kept as it came."
)
TOO_MANY_FRAMES: Final = (
    "It says that it has more than {:,} frames, so it was not opened. It is kept as it came."
)
BROKEN: Final = "It could not be opened safely. It is kept as it came."

_CHILD: Final = Path(__file__).with_name("child.py")
_DRAWN: Final = frozenset({PNG, JPEG, GIF, WEBP})
_MEMORY: Final = 768_000_000
_SECONDS: Final = 8
_PATIENCE_S: Final = 15.0


class NotDrawn(Exception):
    """No safe picture can be made of a file; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: a PNG without anything else in it, and what the original measured."""

    png: bytes = field(repr=False)
    measure: Measure


def draw(data: bytes) -> Drawn:
    """Return a picture at most SIDE pixels wide and high, on white, of the first frame.

    Raises NotDrawn. It takes a process of its own, about a tenth of a second.
    """
    measured = _measured(data)
    bounds = map(str, (SIDE, MOST_PIXELS, _MEMORY, _SECONDS))
    command = [sys.executable, "-I", str(_CHILD), *bounds]
    try:
        done = subprocess.run(  # noqa: S603  Our own file, and numbers.
            command, input=data, capture_output=True, timeout=_PATIENCE_S, check=True, env={}
        )
    except (subprocess.SubprocessError, OSError) as err:
        raise NotDrawn(BROKEN) from err
    made = measure(done.stdout)
    if made is None or kind_of(done.stdout) != PNG or max(made.width, made.height) > SIDE:
        raise NotDrawn(BROKEN)
    return Drawn(done.stdout, measured)


def _measured(data: bytes) -> Measure:
    kind = kind_of(data)
    if kind is None or not kind.is_picture:
        raise NotDrawn(NO_PICTURE)
    if kind not in _DRAWN:
        raise NotDrawn(NOT_DRAWN_HERE.format(kind.ending.upper()))
    measured = measure(data)
    if measured is None:
        raise NotDrawn(NO_SIZE)
    if measured.pixels > MOST_PIXELS:
        raise NotDrawn(TOO_MANY_PIXELS.format(MOST_PIXELS // 1_000_000))
    if measured.frames > MOST_FRAMES:
        raise NotDrawn(TOO_MANY_FRAMES.format(MOST_FRAMES))
    return measured
