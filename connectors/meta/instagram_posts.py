"""Shows an Instagram account's posts, and the comments and answers below one of them."""

from __future__ import annotations

from typing import Final

from connectors.contract import Gone
from connectors.meta.graph import Graph, path_of, surely_gone
from connectors.meta.instagram_records import (
    COMMENT_FIELDS,
    MEDIA_FIELDS,
    REPLIES_LIMIT,
    REPLY_FIELDS,
    media_of,
    reply_of,
    thread_of,
)
from connectors.meta.round import Below, Listed
from moderation.model import Post

MEDIA_LIMIT: Final = 100
# Unconfirmed: the most comments that Instagram gives at once.
INSTAGRAM_COMMENTS_PAGE: Final = 50
ACTS: Final = "instagram_manage_comments"


class InstagramPosts:
    """The posts of one account and what stands below them.

    Answers stand below their comment, however old it is: only a whole walk finds all new ones.
    """

    flat = False
    listings = 1

    def __init__(self, graph: Graph, user_id: str) -> None:
        self._graph = graph
        self._user_id = user_id

    def listed(self, _place: int, after: str, _since: float | None) -> Listed:
        """Return a page of the account's posts, which cannot be asked for by time."""
        path = path_of(self._user_id, "media")
        got = self._graph.list(path, after=after, fields=MEDIA_FIELDS, limit=str(MEDIA_LIMIT))
        posts = tuple(media_of(piece) for piece in got.pieces)
        return Listed(posts, got.after, got.raw, got.rest_s)

    def probe(self) -> object:
        """Read something that only needs the account's comments to be readable."""
        fields = "id,comments.limit(1){id}"
        return self._graph.get(path_of(self._user_id, "media"), fields=fields, limit="1")

    def below(self, post: Post, branch: str, after: str) -> Below:
        """Return a page of a post's comments with their answers, or of one comment's answers."""
        read = self._answers if branch else self._threads
        try:
            return read(post, branch, after)
        except Gone:
            raise surely_gone(self.probe, ACTS) from None

    def _threads(self, post: Post, _branch: str, after: str) -> Below:
        got = self._graph.list(
            path_of(post.id, "comments"),
            after=after,
            fields=COMMENT_FIELDS,
            limit=str(INSTAGRAM_COMMENTS_PAGE),
        )
        threads = [thread_of(piece, post) for piece in got.pieces]
        return Below(
            tuple(one for thread in threads for one in thread.records),
            got.after,
            got.raw,
            got.rest_s,
            listed=tuple(thread.records[0] for thread in threads),
            branches=tuple(thread.cut for thread in threads if thread.cut),
        )

    def _answers(self, post: Post, branch: str, after: str) -> Below:
        got = self._graph.list(
            path_of(branch, "replies"), after=after, fields=REPLY_FIELDS, limit=str(REPLIES_LIMIT)
        )
        records = tuple(reply_of(piece, post, branch) for piece in got.pieces)
        return Below(records, got.after, got.raw, got.rest_s)
