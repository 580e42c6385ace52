"""Tells at whom a text is aimed, with the staff directory as its index."""

from moderation.targets.confidence import Confidence
from moderation.targets.finding import find_target
from moderation.targets.index import Directory
from moderation.targets.view import Target

__all__ = ["Confidence", "Directory", "Target", "find_target"]
