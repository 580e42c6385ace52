"""Ways of going through a Mastodon account's pages that several tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from connectors.mastodon.connector import MastodonAccount
from moderation.model import Comment, ItemRef, Page

SINCE = datetime.now(UTC) - timedelta(days=28)


def walk(connector: MastodonAccount, cursor: str | None = None) -> list[Page]:
    """Return the pages of one walk, to its end."""
    pages = [connector.poll("comments", cursor)]
    while pages[-1].more:
        pages.append(connector.poll("comments", pages[-1].cursor))
        assert len(pages) < 400
    return pages


def a_round(connector: MastodonAccount, since: datetime = SINCE) -> Iterator[Page]:
    """Yield the pages of one round of rereading."""
    page = connector.reread(None, since)
    yield page
    while page.more:
        page = connector.reread(page.cursor, since)
        yield page


def comments(*pages: Page) -> dict[str, Comment]:
    """Return the comments of some pages by id; a later sight stands for an earlier one."""
    return {
        record.native_id: record
        for page in pages
        for record in page.records
        if isinstance(record, Comment)
    }


def ref_of(comment: Comment) -> ItemRef:
    """Return a comment as it would be held."""
    return ItemRef(
        comment.native_id,
        comment.url,
        comment.author.id if comment.author else None,
        comment.post.id if comment.post else "",
        comment.raw,
    )


Call = Callable[[MastodonAccount, ItemRef], object]
