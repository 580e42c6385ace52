"""An Instagram professional account behind the Graph API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from tests.standins.base import Answer
from tests.standins.faults import PATIENCE_S
from tests.standins.graph_bodies import (
    GraphFault,
    bad_parameter,
    encoded,
    may_not_act,
    not_there,
    punished,
)
from tests.standins.graph_fields import Field
from tests.standins.graph_lists import Shelf
from tests.standins.graph_server import GraphStandIn
from tests.standins.graph_things import InstagramName, Media, Remark, Thing, with_answers

BASIC = "instagram_basic"
COMMENTS = "instagram_manage_comments"


class InstagramStandIn(GraphStandIn):
    """An account with its posts, the comments below them, and what others wrote of it."""

    platform = "instagram"
    kind_of_call = "instagram"
    throttle_code = 80002
    pushes = "instagram"
    reads: ClassVar[dict[str, str]] = {
        "IGUser": BASIC,
        "media": BASIC,
        "tags": BASIC,
        "IGComment": COMMENTS,
        "comments": COMMENTS,
        "replies": COMMENTS,
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.granted = {"pages_show_list", "pages_read_engagement", BASIC, COMMENTS}
        now = self.clock.now()
        self.account = InstagramName("17841400000000001", "northmoor.fire", now, now, (0.0, 0))
        self.things[self.account.id] = self.account
        self.media: Shelf[Media] = Shelf()
        self.tags: Shelf[Media] = Shelf()
        self.mentioned: dict[str, Thing] = {}

    def settings(self) -> dict[str, Any]:
        here = {"base_url": self.url, "timeout_s": PATIENCE_S, "settle_s": 0}
        return {"user_id": self.account.id, **here}

    def subscribed(self) -> str:
        return self.account.id

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        return self._media(self.media, text, self.account.text, at).id

    def mention(self, text: str, *, author: str = "reader") -> str:
        return self._media(self.tags, text, author, None).id

    def mention_in_comment(self, text: str, *, author: str = "reader") -> str:
        """Let somebody name the account below a post that is not its own."""
        with self.lock:
            post = self._media(Shelf(), "Their own post.", "somebody.else", None)
            del self.things[post.id]
            native_id = self.comment(post.id, text, author=author, _below=post)
            self.mentioned[native_id] = self.things.pop(native_id)
            return native_id

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
        _below: Media | None = None,
    ) -> str:
        with self.lock:
            media, over = _below or self.things[post_id], self.things.get(parent or "")
            now, number = self.clock.now(), self.number()
            made = at or now
            key = (made.timestamp(), number)
            remark = Remark(str(17_900_000_000_000_000 + number), text, made, now, key)
            remark.author = self.person(author)
            if isinstance(media, Media):
                remark.media = media
                media.count += 1
                if not isinstance(over, Remark):
                    media.comments.put(key, remark)
            if isinstance(over, Remark):
                remark.parent = over
                over.answers.put(key, remark)
            self.things[remark.id] = remark
            return remark.id

    def remove(self, native_id: str) -> None:
        with self.lock:
            if native_id in self.mentioned:
                self.mentioned[native_id].gone = True
                return
            thing = self.things[native_id]
            thing.gone = True
            self.media.drop(thing.key)
            self.tags.drop(thing.key)
            below = thing.comments.things() if isinstance(thing, Media) else []
            for one in with_answers([thing] if isinstance(thing, Remark) else below):
                self._remove_remark(one)

    def _remove_remark(self, remark: Remark) -> None:
        remark.gone = True
        if remark.parent:
            remark.parent.answers.drop(remark.key)
        if remark.media:
            remark.media.comments.drop(remark.key)
            remark.media.count -= 1

    def _media(self, shelf: Shelf[Media], text: str, author: str, at: datetime | None) -> Media:
        with self.lock:
            now, number = self.clock.now(), self.number()
            made = at or now
            key = (made.timestamp(), number)
            media = Media(str(18_000_000_000_000_000 + number), text, made, now, key)
            media.author = self.person(author)
            media.more["picture"] = self.show(f"{media.id}.png")
            shelf.put(key, media)
            self.things[media.id] = media
            return media

    # The protocol.

    def edge(self, thing: Thing, edge: str, asked: dict[str, str]) -> tuple[Shelf[Any], bool]:
        if isinstance(thing, Media):
            return thing.comments, True
        if isinstance(thing, Remark):
            if thing.parent is not None:
                raise GraphFault(not_there("GET", thing.id))
            return thing.answers, False
        return (self.media if edge == "media" else self.tags), True

    def special(self, thing: Thing, asked: Field) -> Any:
        if thing is not self.account or asked.name not in {"mentioned_comment", "mentioned_media"}:
            return super().special(thing, asked)
        native_id = asked.args.get("comment_id") or asked.args.get("media_id") or ""
        found = self.mentioned.get(native_id)
        if found is None and asked.name == "mentioned_media":
            found = self.things.get(native_id)
        if found is None or found.gone:
            raise GraphFault(not_there("GET", native_id))
        return self.rendered(found, asked.inside)

    def written(self, method: str, thing: Thing, asked: dict[str, str]) -> Answer:
        if COMMENTS not in self.granted:
            raise GraphFault(may_not_act(COMMENTS))
        if self.punished:
            raise GraphFault(punished())
        if method == "DELETE":
            self.remove(thing.id)
        else:
            if asked.get("hide") not in {"true", "false"}:
                raise GraphFault(bad_parameter("hide"))
            self.set_hidden(thing.id, hidden=asked["hide"] == "true")
        return Answer(encoded({"success": True}))
