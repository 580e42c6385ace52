"""Tells what a file is by its bytes, and makes a picture that is safe to show of it."""

from moderation.evidence.pictures.drawing import Drawn, NotDrawn, draw
from moderation.evidence.pictures.measuring import Measure, measure
from moderation.evidence.pictures.sniffing import Kind, kind_of

__all__ = ["Drawn", "Kind", "Measure", "NotDrawn", "draw", "kind_of", "measure"]
