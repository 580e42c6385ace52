"""What a sight of known items tells beside new words: whether they stand, hidden or gone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from moderation import audit
from moderation.access import Actor
from moderation.ingest.faults import sort_out
from moderation.ingest.storing import Known, differs, known_items
from moderation.model import Change, Comment, Page, Standing
from moderation.tables import FeedCursorRow, ItemRow, PostRow, QuarantineRow

# A round of re-reading asks the platform about each of them, one by one.
MISSING_LIMIT: Final = 5_000
# A platform may not show old posts in a round at all, and each question may cost.
POSTS_LIMIT: Final = 200
# These are asked about on a platform that counts its calls; the next round asks about the rest.
THREADS_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class Missing:
    """An item of ours that a whole thread did not show."""

    native_id: str
    url: str
    author_ref: str | None
    post_native_id: str


def brings_news(session: Session, account_id: int, page: Page) -> bool:
    """Say whether a page holds anything that we do not hold already.

    Pages of a poll overlap, so most hold nothing new: such a page needs no record of its own.
    """
    comments, unreadable = sort_out(page.records)
    known = known_items(session, account_id, [comment.native_id for comment in comments])
    if any(_is_news(comment, known.get(comment.native_id)) for comment in comments):
        return True
    if _tells_of_posts(session, account_id, comments):
        return True
    digests = {hashlib.sha256(bad.raw).hexdigest() for bad in unreadable}
    kept = session.scalars(
        select(QuarantineRow.sha256).where(
            QuarantineRow.account_id == account_id, QuarantineRow.sha256.in_(digests)
        )
    )
    return bool(digests - set(kept))


def _tells_of_posts(session: Session, account_id: int, comments: Sequence[Comment]) -> bool:
    """Say whether a page brings the words of a post that we hold without them."""
    worded = {one.post.id for one in comments if one.post is not None and one.post.text}
    wordless = select(PostRow.id).where(
        PostRow.account_id == account_id, PostRow.native_id.in_(worded), PostRow.body == ""
    )
    return bool(worded) and session.scalar(wordless.limit(1)) is not None


def _is_news(comment: Comment, held: Known | None) -> bool:
    """Say whether a sight tells something; that what we never held is gone tells nothing."""
    return differs(comment, held) if held else comment.change is Change.PRESENT


def move_cursor(session: Session, account_id: int, feed: str, cursor: str) -> None:
    """Keep how far a feed was read when there was nothing new to take in with it."""
    row = session.get(FeedCursorRow, (account_id, feed))
    if row is None:
        row = FeedCursorRow(account_id=account_id, feed=feed, page_no=0)
        session.add(row)
    row.cursor = cursor


def note_standing(
    session: Session,
    comments: Sequence[Comment],
    known: dict[str, Known],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep which items the public no longer sees, or sees again, as the platform says.

    Somebody may have hidden it in the platform's own pages: that is a fact to show, and nothing
    to take back. Returns how many stand otherwise than before.
    """
    changed = 0
    for comment in comments:
        held = known.get(comment.native_id)
        if held is None or comment.standing in {Standing.UNKNOWN, held.standing}:
            continue
        session.execute(
            update(ItemRow).where(ItemRow.id == held.id).values(standing=comment.standing)
        )
        detail = {"before": held.standing.value, "after": comment.standing.value}
        about = f"item:{held.id}"
        audit.append(session, "item.standing", about, actor=actor, at=now, detail=detail)
        changed += 1
    return changed


def sight(session: Session, account_id: int, native_ids: Sequence[str], *, now: datetime) -> None:
    """Keep that these items were seen on the platform now."""
    if native_ids:
        session.execute(
            update(ItemRow)
            .where(ItemRow.account_id == account_id, ItemRow.native_id.in_(native_ids))
            .values(sighted_at=now)
            .execution_options(synchronize_session=False)
        )


def missing_below(
    session: Session, account_id: int, posts: Sequence[str], *, since: datetime
) -> list[Missing]:
    """Return our items below these posts, thought present, that nobody has seen since then.

    since is the start of the round that showed the posts' threads whole; what came in later than
    that is not missing.
    """
    if not posts:
        return []
    rows = session.execute(
        select(ItemRow.native_id, ItemRow.url, ItemRow.author_ref, PostRow.native_id.label("post"))
        .join(PostRow, PostRow.id == ItemRow.post_id)
        .where(
            ItemRow.account_id == account_id,
            PostRow.native_id.in_(posts),
            ItemRow.gone_at.is_(None),
            ItemRow.seen_at < since,
            (ItemRow.sighted_at.is_(None)) | (ItemRow.sighted_at < since),
        )
        .order_by(ItemRow.id)
        .limit(MISSING_LIMIT)
    )
    return [Missing(row.native_id, row.url, row.author_ref, row.post) for row in rows]


def missing_since(
    session: Session, account_id: int, began_since: datetime, *, since: datetime
) -> list[Missing]:
    """Return our items in threads that began since then, thought present and not seen since.

    For a round that goes through threads by their own age, not post by post: a new answer in an old
    thread is none that it had to show. Those that were not seen for longest come first.
    """
    first = aliased(ItemRow)
    answers = (first.account_id == ItemRow.account_id) & (
        first.native_id == ItemRow.parent_native_id
    )
    rows = session.execute(
        select(ItemRow.native_id, ItemRow.url, ItemRow.author_ref, PostRow.native_id.label("post"))
        .join(PostRow, PostRow.id == ItemRow.post_id)
        .outerjoin(first, answers)
        .where(
            ItemRow.account_id == account_id,
            ItemRow.occurred_at >= began_since,
            ItemRow.parent_native_id.is_(None) | (first.occurred_at >= began_since),
            ItemRow.gone_at.is_(None),
            ItemRow.seen_at < since,
            (ItemRow.sighted_at.is_(None)) | (ItemRow.sighted_at < since),
        )
        .order_by(ItemRow.sighted_at.is_not(None), ItemRow.sighted_at, ItemRow.id)
        .limit(THREADS_LIMIT)
    )
    return [Missing(row.native_id, row.url, row.author_ref, row.post) for row in rows]


def unseen_posts(
    session: Session, account_id: int, *, since: datetime, back_to: datetime
) -> list[Missing]:
    """Return one item of each post of which a round showed nothing, the longest unseen post first.

    back_to is how far back the round went: of a post whose comments are older it had to show
    nothing. What came in later than the round's start, since, is not missing.
    """
    seen = func.max(ItemRow.sighted_at)
    last = (
        select(func.max(ItemRow.id).label("item_id"), seen.label("seen"))
        .where(
            ItemRow.account_id == account_id,
            ItemRow.post_id.is_not(None),
            ItemRow.gone_at.is_(None),
            ItemRow.seen_at < since,
            ItemRow.occurred_at >= back_to,
        )
        .group_by(ItemRow.post_id)
        .having(seen.is_(None) | (seen < since))
        .subquery()
    )
    rows = session.execute(
        select(ItemRow.native_id, ItemRow.url, ItemRow.author_ref, PostRow.native_id.label("post"))
        .join(last, last.c.item_id == ItemRow.id)
        .join(PostRow, PostRow.id == ItemRow.post_id)
        .order_by(last.c.seen.is_not(None), last.c.seen, ItemRow.id)
        .limit(POSTS_LIMIT)
    )
    return [Missing(row.native_id, row.url, row.author_ref, row.post) for row in rows]


def gone_among(session: Session, account_id: int, native_ids: Sequence[str]) -> set[str]:
    """Return which of these items are gone from the platform."""
    return set(
        session.scalars(
            select(ItemRow.native_id).where(
                ItemRow.account_id == account_id,
                ItemRow.native_id.in_(native_ids),
                ItemRow.gone_at.is_not(None),
            )
        )
    )
