"""The stand-ins for Meta's platforms, and a specimen of an account on each."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.contract import Connector, Kind
from connectors.meta import facebook_page, instagram
from moderation.model import Comment, ItemRef
from tests.standins.graph_facebook import FacebookStandIn
from tests.standins.graph_instagram import InstagramStandIn
from tests.standins.graph_server import GraphStandIn
from tests.standins.means import means

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen

__all__ = [
    "FacebookStandIn",
    "GraphStandIn",
    "InstagramStandIn",
    "comments_of",
    "connected",
    "ref_of",
]

COMMENTS = 150
POISON = b'{"id":"1_1","message":"Poison","like_count":' + b"9" * 5_000 + b"}"


def facebook_page_specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return a Page with comments, a visitor's post, a mention and a review."""
    server = until.enter_context(FacebookStandIn())
    ids = [*_comments(server, "Who is on duty?"), server.visitor_post("Look at this queue!")]
    ids += [server.mention("Ask Northmoor Fire and Rescue."), server.review("Never came.")]
    return _specimen(server, facebook_page.KIND, folder, ids)


def instagram_specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return an account with comments, answers to them and a mention."""
    server = until.enter_context(InstagramStandIn())
    ids = [*_comments(server, "Which station?"), server.mention("Seen @northmoor.fire today.")]
    return _specimen(server, instagram.KIND, folder, ids)


def _comments(server: GraphStandIn, text: str) -> list[str]:
    """Write comments below two posts over the last two hours, every fifth an answer; and poison."""
    posts = [server.post(), server.post("We are hiring.")]
    now = server.clock.now()
    ids: list[str] = []
    last = ["", ""]
    for number in range(COMMENTS):
        which = number % 2
        at = now - timedelta(seconds=45 * (COMMENTS - number))
        parent = last[which] if number % 5 == 4 else None
        written = server.comment(posts[which], f"{text} {number}", parent=parent or None, at=at)
        last[which] = last[which] if parent else written
        ids.append(written)
    server.splice(server.comment(posts[0], "Poison", at=now - timedelta(hours=1)), POISON)
    return ids


def _specimen(server: GraphStandIn, kind: Kind, folder: Path, ids: list[str]) -> Specimen:
    # Imported here, as the table of specimens imports this module.
    from tests.connectors.specimens import Specimen

    connector = connected(server, kind, folder / "specimen")
    comment = next(one for one in comments_of(connector) if one.native_id == ids[7])
    return Specimen(server.settings(), ids, ref_of(comment), secrets=server.secrets(), poison=True)


def connected(server: GraphStandIn, kind: Kind, folder: Path) -> Connector:
    """Return a connector to a stand-in."""
    return kind.connect(server.settings(), means(folder, **server.secrets()))


def comments_of(connector: Connector, feed: str = "comments") -> list[Comment]:
    """Return the comments that polling a feed from its beginning brings."""
    found: list[Comment] = []
    page = connector.poll(feed, None)
    while True:
        found += [record for record in page.records if isinstance(record, Comment)]
        if not page.more:
            return found
        page = connector.poll(feed, page.cursor)


def ref_of(comment: Comment) -> ItemRef:
    """Return the reference that the record would hold of a comment."""
    return ItemRef(
        comment.native_id,
        comment.url,
        comment.author.id if comment.author else None,
        comment.post.id if comment.post else "",
        comment.raw,
    )
