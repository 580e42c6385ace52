"""The organisation's accounts: what is read, how well, with which secrets and at what cost."""

from moderation.accounts.keeping import (
    POLL_EVERY_S,
    NewAccount,
    add,
    backfill,
    find,
    live_for,
    may_see,
    pause,
    reconnect,
    resume,
)
from moderation.accounts.reading import (
    SILENT_AFTER,
    due_feeds,
    due_rounds,
    lose_access,
    note_failure,
    note_polled,
    rest,
)

__all__ = [
    "POLL_EVERY_S",
    "SILENT_AFTER",
    "NewAccount",
    "add",
    "backfill",
    "due_feeds",
    "due_rounds",
    "find",
    "live_for",
    "lose_access",
    "may_see",
    "note_failure",
    "note_polled",
    "pause",
    "reconnect",
    "rest",
    "resume",
]
