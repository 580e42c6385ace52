"""Shows a Facebook Page's posts and adverts, and the comments below one of them."""

from __future__ import annotations

from typing import Final

from connectors.contract import Gone, PermissionMissing
from connectors.meta.facebook_records import COMMENT_FIELDS, POST_FIELDS, Reader
from connectors.meta.graph import Graph, path_of, surely_gone
from connectors.meta.round import Below, Listed
from connectors.meta.walk import NEWEST_FIRST
from moderation.model import Post

# Unconfirmed: the most posts that a listing gives at once.
FACEBOOK_POSTS_LIMIT_MAX: Final = 100
COMMENTS_LIMIT: Final = 100
LISTINGS: Final = ("feed", "ads_posts")
READS: Final = "pages_read_user_content"


class FacebookPosts:
    """The posts of one Page and what stands below them; all levels stand in one list."""

    flat = True
    listings = len(LISTINGS)

    def __init__(self, graph: Graph, page_id: str, reader: Reader) -> None:
        self._graph = graph
        self._page_id = page_id
        self._reader = reader

    def listed(self, place: int, after: str, since: float | None) -> Listed:
        """Return a page of the Page's posts, or of its adverts where we may see them."""
        edge = LISTINGS[place]
        params = {} if since is None else {"since": str(int(since))}
        try:
            got = self._graph.list(
                path_of(self._page_id, edge),
                after=after,
                fields=POST_FIELDS,
                limit=str(FACEBOOK_POSTS_LIMIT_MAX),
                **params,
            )
        except PermissionMissing:
            if edge == "feed":
                raise
            return Listed((), "", b"", 0.0)
        posts = [self._reader.told(piece, adverts=edge != "feed") for piece in got.pieces]
        return Listed(tuple(posts), got.after, got.raw, got.rest_s)

    def probe(self) -> object:
        """Read something that only needs the Page's content to be readable."""
        return self._graph.get(
            path_of(self._page_id, "feed"),
            fields="id,comments.filter(stream).summary(true).limit(0)",
            limit="1",
        )

    def below(self, post: Post, _branch: str, after: str) -> Below:
        """Return a page of a post's comments, all levels in one list."""
        try:
            got = self._graph.list(
                path_of(post.id, "comments"),
                after=after,
                filter="stream",
                order=NEWEST_FIRST,
                summary="true",
                fields=COMMENT_FIELDS,
                limit=str(COMMENTS_LIMIT),
            )
        except Gone:
            raise surely_gone(self.probe, READS) from None
        records = tuple(self._reader.comment(piece, post) for piece in got.pieces)
        return Below(records, got.after, got.raw, got.rest_s, got.order)
