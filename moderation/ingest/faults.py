"""Why a comment cannot be stored, in words; it goes to quarantine alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from moderation.characters import is_kept
from moderation.ingest.keepable import keepable
from moderation.model import Comment, Unreadable

MAX_TEXT: Final = 100_000
MAX_NATIVE_ID: Final = 200
MAX_NUMERIC_ID: Final = 2**63 - 1


def fault(comment: Comment) -> str:
    """Return why a comment cannot be stored, in plain words, or nothing."""
    number = comment.native_id.lstrip("-")
    faults: tuple[tuple[bool, str], ...] = (
        (not comment.native_id, "The id is empty."),
        (len(comment.native_id) > MAX_NATIVE_ID, "The id is longer than any platform's."),
        (
            number.isdecimal() and (len(number) > 19 or int(number) > MAX_NUMERIC_ID),
            "The id is a number beyond 2^63, larger than any platform uses.",
        ),
        (len(comment.text) > MAX_TEXT, "The text is longer than 100,000 characters."),
        (
            not all(map(is_kept, _ids(comment))),
            "An id in it holds a NUL character or half of a surrogate pair.",
        ),
    )
    return next((why for bad, why in faults if bad), "")


def _ids(comment: Comment) -> Iterable[str]:
    yield from (comment.native_id, comment.parent_id or "")
    yield comment.author.id if comment.author else ""
    yield comment.post.id if comment.post else ""


def sort_out(records: Sequence[Comment | Unreadable]) -> tuple[list[Comment], list[Unreadable]]:
    """Part what can be stored from what goes to quarantine, each in the order of the page.

    The comments come in the form that is stored.
    """
    comments, unreadable = [], []
    for record in records:
        why = fault(record) if isinstance(record, Comment) else ""
        if isinstance(record, Comment) and not why:
            comments.append(keepable(record))
        else:
            unreadable.append(
                record if isinstance(record, Unreadable) else Unreadable(record.raw, why)
            )
    return comments, unreadable
