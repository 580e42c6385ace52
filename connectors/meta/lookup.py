"""Finds one record again: by itself, or in the list that it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from connectors.contract import Gone, Malformed, Permanent
from connectors.meta.graph import Listing
from connectors.meta.walk import Record
from connectors.slices import Slice
from moderation.model import Comment, Unreadable

PAGES_LOOKED_AT: Final = 10

UNREADABLE: Final = "The item cannot be read: {}"
ANOTHER_ITEM: Final = "The platform gave another item than was asked for."
TOO_FAR_BACK: Final = (
    "The item stands on somebody else's page, and so far back in the list that it was not found."
)
NOT_LISTED: Final = "The item no longer stands in the platform's list."


def only(read: Record, native_id: str) -> Comment:
    """Return the record that was asked for by its id. Raises Permanent or Malformed."""
    if isinstance(read, Unreadable):
        raise Permanent(UNREADABLE.format(read.reason))
    if read.native_id != native_id:
        raise Malformed(ANOTHER_ITEM)
    return read


def find_in(
    ask: Callable[[str], Listing], build: Callable[[Slice], Record], native_id: str
) -> Comment:
    """Return one record of a list, for what the platform does not give by itself.

    Raises Gone when the whole list is without it, Permanent when it is too long to tell.
    """
    after = ""
    for _ in range(PAGES_LOOKED_AT):
        got = ask(after)
        for piece in got.pieces:
            read = build(piece)
            if isinstance(read, Comment) and read.native_id == native_id:
                return read
        if not got.after:
            raise Gone(NOT_LISTED)
        after = got.after
    raise Permanent(TOO_FAR_BACK)
