"""What a capture saw of an item when it looked at the platform again."""

from __future__ import annotations

from dataclasses import dataclass, field

from moderation.evidence.media import Medium
from moderation.model import Collected, Comment


@dataclass(frozen=True, slots=True)
class Sight:
    """What a fresh look at the platform gave: a comment, a note that says why not, or both.

    collected says how its answers came, also those that said no. media are the item's pictures and
    videos in the order of their addresses, and avatar is its author's picture where one was
    delivered. certificate_at_ingest is that of the connection that brought the item first, in PEM.
    """

    comment: Comment | None = None
    note: str = ""
    collected: tuple[Collected, ...] = ()
    media: tuple[Medium, ...] = ()
    avatar: Medium | None = None
    certificate_at_ingest: bytes = field(default=b"", repr=False)
