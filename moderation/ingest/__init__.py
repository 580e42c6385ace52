"""Take a page in, once: items, versions, quarantine, cursor and the jobs that follow."""

from moderation.ingest.admitting import Taken, admit, cursor_of
from moderation.ingest.faults import fault
from moderation.ingest.keepable import keepable
from moderation.ingest.sightings import (
    Missing,
    brings_news,
    gone_among,
    missing_below,
    missing_since,
    move_cursor,
    sight,
    unseen_posts,
)
from moderation.ingest.storing import text_sha256

__all__ = [
    "Missing",
    "Taken",
    "admit",
    "brings_news",
    "cursor_of",
    "fault",
    "gone_among",
    "keepable",
    "missing_below",
    "missing_since",
    "move_cursor",
    "sight",
    "text_sha256",
    "unseen_posts",
]
