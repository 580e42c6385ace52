"""Says of six things that others will ask for whether an evidence record holds them."""

from __future__ import annotations

from typing import Final

from moderation.evidence.drawing import NO_WORDS_SEEN, lacking
from moderation.evidence.facts import Facts
from moderation.evidence.sight import Sight

NO_ADDRESS: Final = "The platform gives no web address of it."
NO_TIME: Final = "The platform gives no time of it. When it was first seen is in the record."
NO_AUTHOR: Final = "The platform withholds who wrote it."


def measured(facts: Facts, sight: Sight) -> dict[str, bool | str]:
    """Return for each of the six True, or in words what is missing."""
    item = facts.item
    return {
        "picture": lacking(sight) or True,
        "address": bool(item.url) or NO_ADDRESS,
        "time": item.posted_at is not None or NO_TIME,
        "author": bool(item.author_ref or item.author_handle or item.author_name) or NO_AUTHOR,
        "text": facts.worded is not None or NO_WORDS_SEEN,
        "thread": facts.thread.lacks or True,
    }
