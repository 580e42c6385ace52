"""Reads a Facebook Page's comments, visitors' posts, mentions and reviews, and acts on them.

One request tells what changed since the last poll; only the posts that changed are walked. The
platform's side is described in docs/platforms/facebook.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from connectors.contract import (
    COMMENTS,
    Checked,
    Feed,
    Gone,
    Kind,
    Means,
    Option,
    Permanent,
    PermissionMissing,
)
from connectors.inverse import INVERSE
from connectors.meta import facebook_doing
from connectors.meta.access import Access, whose
from connectors.meta.deliveries import read_page_delivery
from connectors.meta.facebook_posts import FACEBOOK_POSTS_LIMIT_MAX, READS, FacebookPosts
from connectors.meta.facebook_records import (
    COMMENT_FIELDS,
    MENTION_FIELDS,
    POST_FIELDS,
    REVIEW_FIELDS,
    Reader,
    Sort,
    sort_of,
)
from connectors.meta.graph import (
    SECRETS,
    SETTINGS,
    SETTLE_S,
    Graph,
    Listing,
    graph_of,
    id_setting,
    part,
    path_of,
)
from connectors.meta.items import NOT_DONE, NOT_SUPPORTED, Items, done
from connectors.meta.lookup import find_in, only
from connectors.meta.rounds import poll_round, reread_round
from connectors.meta.walk import walk_list
from connectors.options import number
from moderation.model import (
    ActionKind,
    Capability,
    Comment,
    ItemRef,
    Page,
    Post,
)

MENTIONS: Final = Feed("mentions", every_s=300)
REVIEWS: Final = Feed("reviews", every_s=900)
REREAD_EVERY_S: Final = 21_600

# Unconfirmed: that the answer to a block maps each id to whether it is blocked now.
FACEBOOK_BLOCK_ANSWER_IS_MAP: Final = True

ACTS: Final = "pages_manage_engagement"
PERMISSIONS: Final[Mapping[str, str]] = {
    "pages_show_list": "finding the Page when the access token is made.",
    "pages_read_engagement": "reading the Page's own posts.",
    READS: "reading what others write on the Page: comments, visitors' posts and reviews.",
    ACTS: "hiding and deleting comments, and banning people.",
}
FOR_DELIVERIES: Final[Mapping[str, str]] = {
    "pages_manage_metadata": "letting Facebook push what is new, where that is set up.",
}
NAME: Final = "Facebook"
NO_AUTHOR: Final = "Facebook does not tell us who wrote this, so nobody can be blocked."


class FacebookPage:
    """One Facebook Page."""

    platform = "facebook"
    supports = frozenset(ActionKind) - {ActionKind.REPORT}
    feeds: tuple[Feed, ...] = (COMMENTS, MENTIONS, REVIEWS)
    reread_every_s = REREAD_EVERY_S

    def __init__(
        self,
        graph: Graph,
        page_id: str,
        *,
        settle_s: float = SETTLE_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settle_s = settle_s
        self._graph = graph
        self._page_id = page_id
        self._clock = clock
        self._reader = Reader(page_id)
        self._source = FacebookPosts(graph, page_id, self._reader)
        probe = self._source.probe
        self._items = Items(graph, "is_hidden", "is_hidden", READS, ACTS, probe)

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return the next page of a feed; of comments, those below posts that changed."""
        now = self._clock().timestamp()
        if feed == MENTIONS.name:
            return walk_list(self._mentions, self._reader.mention, cursor, now)
        if feed == REVIEWS.name:
            return walk_list(self._reviews, self._reader.review, cursor, now)
        return poll_round(self._source, cursor, now)

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return the next page of a round over posts, adverts and everything below them."""
        return reread_round(self._source, cursor, since.timestamp(), self._clock().timestamp())

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one item as it stands now. What stands elsewhere is looked for in its list."""
        sort = sort_of(ref)
        if sort is Sort.REVIEW:
            return find_in(self._reviews, self._reader.review, ref.native_id)
        if sort is Sort.MENTION:
            return find_in(self._mentions, self._reader.mention, ref.native_id)
        if sort is Sort.POST:
            piece = self._items.look(ref.native_id, POST_FIELDS).json()
            return only(self._reader.visitor_post(piece), ref.native_id)
        piece = self._items.look(ref.native_id, COMMENT_FIELDS).json()
        post = Post(ref.post_id) if ref.post_id else None
        return only(self._reader.comment(piece, post), ref.native_id)

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out one action. Deleting what is gone already is no error."""
        if action is ActionKind.REPORT:
            raise Permanent(NOT_SUPPORTED.format(NAME))
        if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
            self._ban(ref, lift=action is ActionKind.UNBLOCK)
            return
        if refused := facebook_doing.NOT_OURS.get(sort_of(ref)):
            raise Permanent(refused)
        try:
            self._change(ref, action)
        except PermissionMissing:
            # Facebook says the same of one comment that nobody may hide or delete.
            if sort_of(ref) is Sort.COMMENT:
                told = part(self._items.look(ref.native_id, "can_hide,can_remove").json())
                if forbidden := facebook_doing.forbidden(told, action):
                    raise Permanent(forbidden) from None
            raise

    def _change(self, ref: ItemRef, action: ActionKind) -> None:
        if action is ActionKind.DELETE:
            self._items.delete(ref.native_id)
        else:
            self._items.hide(ref.native_id, hidden=action is ActionKind.HIDE)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to all but a report, which Facebook does not take."""
        return action is not ActionKind.REPORT

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return whether an action is in effect. Raises Gone for what can no longer be hidden."""
        if action is ActionKind.REPORT:
            return None
        if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
            return self._is_banned(ref) is (action is ActionKind.BLOCK)
        if action is ActionKind.DELETE:
            return self._items.is_gone(ref.native_id)
        hidden = self._items.is_hidden(ref.native_id)
        return None if hidden is None else hidden is (action is ActionKind.HIDE)

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return facebook_doing.NOTES.get(action, "")

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; a deletion is final."""
        return INVERSE.get(action)

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about this item; see facebook_doing."""
        return facebook_doing.capability(ref, action, self._page_id)

    def check(self) -> Checked:
        """Return the Page that the access token is for, and the permissions that it lacks."""
        access = Access(self._graph, tuple(PERMISSIONS), self._source.probe)
        native_id, name = access.me()
        if native_id != self._page_id:
            raise whose(native_id, name, "page_id", "Facebook Page")
        return Checked(native_id, name, missing=access.missing())

    def _mentions(self, after: str) -> Listing:
        path = path_of(self._page_id, "tagged")
        return self._graph.list(
            path, after=after, fields=MENTION_FIELDS, limit=str(FACEBOOK_POSTS_LIMIT_MAX)
        )

    def _reviews(self, after: str) -> Listing:
        path = path_of(self._page_id, "ratings")
        return self._graph.list(path, after=after, fields=REVIEW_FIELDS, limit="100")

    def _ban(self, ref: ItemRef, *, lift: bool) -> None:
        if not ref.author_id:
            raise Permanent(NO_AUTHOR)
        path = path_of(self._page_id, "blocked")
        try:
            if lift:
                done(self._graph.delete(path, user=ref.author_id))
                return
            answer = part(self._graph.post(path, user=ref.author_id).json())
        except Gone:
            raise Permanent("Facebook does not find this author any more.") from None
        banned = answer.get(ref.author_id if FACEBOOK_BLOCK_ANSWER_IS_MAP else "success")
        if banned is False:
            raise Permanent(NOT_DONE)

    def _is_banned(self, ref: ItemRef) -> bool:
        if not ref.author_id:
            raise Permanent(NO_AUTHOR)
        got = self._graph.list(path_of(self._page_id, "blocked"), user=ref.author_id)
        return any(part(piece).get("id") == ref.author_id for piece in got.pieces)


def connect(settings: Mapping[str, Any], means: Means) -> FacebookPage:
    """Return the Page that an account's settings describe. Raises SettingsError, saying which."""
    return FacebookPage(
        graph_of(settings, means, NAME),
        id_setting(settings, "page_id"),
        settle_s=number(settings, "settle_s", SETTLE_S),
    )


KIND: Final = Kind(
    connect,
    platform="facebook",
    settings={**SETTINGS, "page_id": Option("the number of the Facebook Page.", needed=True)},
    secrets=SECRETS,
    permissions={**PERMISSIONS, **FOR_DELIVERIES},
    page="facebook.md",
    media_hosts=("fbcdn.net", "fbsbx.com"),
    deliveries=read_page_delivery,
)
