"""The audit chain: move() is the only door to a state, and every change and case read is a line."""

from moderation.audit.chain import ZERO, Line, append, digest, skeleton
from moderation.audit.checking import START, Verdict, verify
from moderation.audit.erasing import erase, erase_many
from moderation.audit.moving import move, move_items
from moderation.audit.telling import last_detail

__all__ = [
    "START",
    "ZERO",
    "Line",
    "Verdict",
    "append",
    "digest",
    "erase",
    "erase_many",
    "last_detail",
    "move",
    "move_items",
    "skeleton",
    "verify",
]
