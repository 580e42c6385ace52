"""What the tests of the connector for X share: an account at the stand-in, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from connectors.contract import COMMENTS, Means
from connectors.wire import Exchange
from connectors.x.answers import Answer, read_answer
from connectors.x.connector import X, connect
from moderation.model import Comment, ItemRef, Page, Unreadable
from tests.standins.base import Entry
from tests.standins.means import CountingMeter, HeldSecrets
from tests.standins.x import XStandIn


def connected(
    x: XStandIn,
    folder: Path,
    *,
    secrets: HeldSecrets | None = None,
    meter: CountingMeter | None = None,
    **settings: Any,
) -> X:
    """Return a connector of the stand-in's account, in the stand-in's own time."""
    given = HeldSecrets(x.secrets()) if secrets is None else secrets
    means = Means(folder, given, meter or CountingMeter())
    return connect({**x.settings(), **settings}, means, clock=x.clock.now)


def renewable(x: XStandIn) -> HeldSecrets:
    """Return the secrets of OAuth 2."""
    return HeldSecrets(x.keys.bearer(x.clock.now()))


def walk(connector: X, cursor: str | None = None, feed: str = COMMENTS.name) -> list[Page]:
    """Return the pages of a feed until nothing more follows at once."""
    pages = [connector.poll(feed, cursor)]
    while pages[-1].more:
        pages.append(connector.poll(feed, pages[-1].cursor))
    return pages


def whole_round(connector: X, x: XStandIn) -> list[Page]:
    """Return the pages of a round of re-reading."""
    since = x.clock.now() - timedelta(days=28)
    pages = [connector.reread(None, since)]
    while pages[-1].more:
        pages.append(connector.reread(pages[-1].cursor, since))
    return pages


def comments(pages: Iterable[Page]) -> Iterator[Comment]:
    """Return all comments of some pages."""
    return (one for page in pages for one in page.records if isinstance(one, Comment))


def bad(pages: Iterable[Page]) -> list[Unreadable]:
    """Return all records of some pages that cannot be read."""
    return [one for page in pages for one in page.records if isinstance(one, Unreadable)]


def ids(pages: Iterable[Page]) -> set[str]:
    """Return the native ids of all comments of some pages."""
    return {comment.native_id for comment in comments(pages)}


def ref_of(comment: Comment) -> ItemRef:
    """Return a reference to a comment, as the record would give it."""
    author_id = comment.author.id if comment.author else None
    post_id = comment.post.id if comment.post else ""
    return ItemRef(comment.native_id, comment.url, author_id, post_id, comment.raw)


def asked(entry: Entry) -> dict[str, str]:
    """Return the parameters of a request."""
    return {name: values[0] for name, values in entry.query.items()}


def answer(body: bytes) -> Answer:
    """Return the parts of what X might have answered."""
    return read_answer(Exchange("GET", "/2/users/1/mentions", 200, {}, body))
