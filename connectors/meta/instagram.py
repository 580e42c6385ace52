"""Reads an Instagram professional account's comments and mentions, and hides or deletes comments.

One request tells which posts have another number of comments than at the last poll; only those are
walked. The platform's side is described in docs/platforms/instagram.md.
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
)
from connectors.fields import id_of, inner, record, text_of, url_of
from connectors.inverse import INVERSE
from connectors.meta import instagram_doing
from connectors.meta.access import Access, whose
from connectors.meta.deliveries import read_instagram_delivery
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
    surely_gone,
)
from connectors.meta.instagram_posts import ACTS, MEDIA_LIMIT, InstagramPosts
from connectors.meta.instagram_records import (
    MENTIONED_COMMENT_FIELDS,
    MENTIONED_MEDIA_FIELDS,
    REPLY_FIELDS,
    TAG_FIELDS,
    Sort,
    comment_of,
    mentioned_comment,
    sort_of,
    tagged,
)
from connectors.meta.items import NOT_SUPPORTED, Items, found
from connectors.meta.lookup import find_in, only
from connectors.meta.rounds import poll_round, reread_round
from connectors.meta.walk import walk_list
from connectors.options import number
from connectors.slices import Slice
from moderation.model import ActionKind, Capability, Comment, ItemRef, Page, Post

NAME: Final = "Instagram"
MENTIONS: Final = Feed("mentions", every_s=300)
REREAD_EVERY_S: Final = 21_600

READS: Final = "instagram_basic"
PERMISSIONS: Final[Mapping[str, str]] = {
    "pages_show_list": "finding the Page that the account is connected to.",
    "pages_read_engagement": "reading the account through its Page.",
    READS: "reading the account's posts.",
    ACTS: "reading, hiding and deleting the comments below them.",
}
FOR_DELIVERIES: Final[Mapping[str, str]] = {
    "pages_manage_metadata": "letting Instagram push what is new, where that is set up.",
}


class Instagram:
    """One Instagram professional account, reached through the Facebook Page that it belongs to."""

    platform = "instagram"
    supports = frozenset({ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE})
    feeds: tuple[Feed, ...] = (COMMENTS, MENTIONS)
    reread_every_s = REREAD_EVERY_S

    def __init__(
        self,
        graph: Graph,
        user_id: str,
        *,
        settle_s: float = SETTLE_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settle_s = settle_s
        self._graph = graph
        self._user_id = user_id
        self._clock = clock
        self._source = InstagramPosts(graph, user_id)
        self._items = Items(graph, "hide", "hidden", ACTS, ACTS, self._source.probe)

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return the next page of a feed; of comments, those below posts with another number."""
        now = self._clock().timestamp()
        if feed == MENTIONS.name:
            return walk_list(self._tags, tagged, cursor, now)
        return poll_round(self._source, cursor, now)

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return the next page of a round over the posts and everything below them."""
        return reread_round(self._source, cursor, since.timestamp(), self._clock().timestamp())

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one item as it stands now. Mentions are asked for in their own way."""
        sort = sort_of(ref)
        if sort is Sort.TAGGED:
            return find_in(self._tags, tagged, ref.native_id)
        if sort is Sort.MENTIONED_COMMENT:
            piece = self._mentioned("mentioned_comment", ref, MENTIONED_COMMENT_FIELDS)
            return only(mentioned_comment(piece), ref.native_id)
        if sort is Sort.MENTIONED_MEDIA:
            piece = self._mentioned("mentioned_media", ref, MENTIONED_MEDIA_FIELDS)
            return only(tagged(piece), ref.native_id)
        fields = REPLY_FIELDS.replace("media{id}", "media{id,caption,permalink}")
        piece = self._items.look(ref.native_id, fields).json()
        return only(record(piece, lambda told, raw: _fetched(told, raw, ref)), ref.native_id)

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out one action. Deleting what is gone already is no error."""
        if action not in self.supports:
            raise Permanent(NOT_SUPPORTED.format(NAME))
        if sort_of(ref) is not Sort.COMMENT:
            raise Permanent(instagram_doing.ELSEWHERE)
        if action is ActionKind.DELETE:
            self._items.delete(ref.native_id)
        else:
            self._items.hide(ref.native_id, hidden=action is ActionKind.HIDE)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to what Instagram takes from us."""
        return action in self.supports

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return whether an action is in effect. Raises Gone for what can no longer be hidden."""
        if action not in self.supports:
            return None
        if action is ActionKind.DELETE:
            return self._items.is_gone(ref.native_id)
        hidden = self._items.is_hidden(ref.native_id)
        return None if hidden is None else hidden is (action is ActionKind.HIDE)

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return instagram_doing.NOTES.get(action, "")

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; a deletion is final."""
        return INVERSE.get(action) if action in self.supports else None

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about this item; see instagram_doing."""
        return instagram_doing.capability(ref, action)

    def check(self) -> Checked:
        """Return the account that the access token reads, and the permissions that it lacks."""
        access = Access(self._graph, tuple(PERMISSIONS), self._source.probe)
        try:
            told = part(self._graph.get(path_of(self._user_id), fields="id,username,name").json())
        except Gone:
            # The token works, or asking who it belongs to fails with what is wrong with it.
            raise whose(*access.me(), "user_id", "Instagram account") from None
        if told.get("id") != self._user_id:
            raise whose(str(told.get("id")), "", "user_id", "Instagram account")
        name = told.get("username")
        shown = name if isinstance(name, str) and name else self._user_id
        return Checked(self._user_id, shown, missing=access.missing())

    def _tags(self, after: str) -> Listing:
        path = path_of(self._user_id, "tags")
        return self._graph.list(path, after=after, fields=TAG_FIELDS, limit=str(MEDIA_LIMIT))

    def _mentioned(self, field: str, ref: ItemRef, fields: str) -> Slice:
        """Return what somebody wrote elsewhere, which is a field of the account itself."""
        which = "comment_id" if field == "mentioned_comment" else "media_id"
        asked = f"{field}.{which}({path_of(ref.native_id)}){{{fields}}}"
        try:
            answer = self._graph.get(path_of(self._user_id), fields=asked)
        except Gone:
            raise surely_gone(self._source.probe, READS) from None
        return found(answer.json().get(field))


def _fetched(told: Mapping[str, Any], raw: bytes, ref: ItemRef) -> Comment:
    media = inner(told, "media")
    post_id = id_of(media, "id") or ref.post_id
    post = Post(post_id, text_of(media, "caption"), url_of(media, "permalink"))
    return comment_of(told, raw, post if post_id else None)


def connect(settings: Mapping[str, Any], means: Means) -> Instagram:
    """Return the account that its settings describe. Raises SettingsError."""
    return Instagram(
        graph_of(settings, means, NAME),
        id_setting(settings, "user_id"),
        settle_s=number(settings, "settle_s", SETTLE_S),
    )


KIND: Final = Kind(
    connect,
    platform="instagram",
    settings={
        **SETTINGS,
        "user_id": Option("the number of the Instagram professional account.", needed=True),
    },
    secrets=SECRETS,
    permissions={**PERMISSIONS, **FOR_DELIVERIES},
    page="instagram.md",
    media_hosts=("cdninstagram.com", "fbcdn.net"),
    deliveries=read_instagram_delivery,
)
