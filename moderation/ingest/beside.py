"""What comes in beside the comments: the posts they answer, and what goes to quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.model import Comment, Unreadable
from moderation.store import insert_for
from moderation.tables import (
    IngestPageRow,
    PostRow,
    QuarantineRow,
)


def keep_posts(session: Session, account_id: int, comments: Sequence[Comment]) -> dict[str, int]:
    """Keep the posts that these comments answer; return our id for each native id.

    A post that came without its words at first, as in some answers of X, gets them when they come.
    """
    posts = {c.post.id: c.post for c in comments if c.post is not None}
    if not posts:
        return {}
    made = insert_for(session, PostRow)
    session.execute(
        made.on_conflict_do_update(
            index_elements=["account_id", "native_id"],
            set_={
                "body": made.excluded.body,
                "url": func.coalesce(func.nullif(made.excluded.url, ""), PostRow.url),
            },
            where=(PostRow.body == "") & (made.excluded.body != ""),
        ),
        [
            {"account_id": account_id, "native_id": p.id, "body": p.text, "url": p.url}
            for p in posts.values()
        ],
    )
    rows = session.execute(
        select(PostRow.native_id, PostRow.id).where(
            PostRow.account_id == account_id, PostRow.native_id.in_(posts)
        )
    )
    return {row.native_id: row.id for row in rows}


def quarantine(
    session: Session, page: IngestPageRow, org_id: str, unreadable: Sequence[Unreadable]
) -> int:
    """Keep what cannot be taken in; the same bytes are kept once."""
    if not unreadable:
        return 0
    kept = session.scalars(
        insert_for(session, QuarantineRow)
        .on_conflict_do_nothing(index_elements=["account_id", "sha256"])
        .returning(QuarantineRow.id),
        [
            {
                "org_id": org_id,
                "account_id": page.account_id,
                "page_id": page.id,
                "sha256": hashlib.sha256(bad.raw).hexdigest(),
                "raw": bad.raw,
                "reason": bad.reason,
                "at": page.fetched_at,
            }
            for bad in unreadable
        ],
    )
    return len(kept.all())
