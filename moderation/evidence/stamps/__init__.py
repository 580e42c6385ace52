"""Trusted time: seals and checkpoints stamped by authorities that anybody can check (RFC 3161)."""

from moderation.evidence.stamps.kept import (
    Stamp,
    Standing,
    Wanted,
    had,
    of,
    refused,
    standing,
    wanted,
)
from moderation.evidence.stamps.tokens import Anchors, Query, Refused, Token, check
from moderation.evidence.stamps.wanting import KIND, missing, revive, want, want_missing

__all__ = [
    "KIND",
    "Anchors",
    "Query",
    "Refused",
    "Stamp",
    "Standing",
    "Token",
    "Wanted",
    "check",
    "had",
    "missing",
    "of",
    "refused",
    "revive",
    "standing",
    "want",
    "want_missing",
    "wanted",
]
