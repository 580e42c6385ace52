"""A Facebook Page behind the Graph API."""

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
    punished,
    refused_item,
)
from tests.standins.graph_lists import Shelf
from tests.standins.graph_server import GraphStandIn
from tests.standins.graph_things import (
    Comment,
    Name,
    PageName,
    PagePost,
    Review,
    Thing,
    with_answers,
)
from tests.standins.graph_words import FILTERS, ORDERS

READS = "pages_read_user_content"
ACTS = "pages_manage_engagement"


class FacebookStandIn(GraphStandIn):
    """A Page with its posts, visitors' posts, adverts, mentions, reviews and banned people."""

    platform = "facebook"
    reads: ClassVar[dict[str, str]] = {
        "feed": READS,
        "comments": READS,
        "Comment": READS,
        "ratings": READS,
        "tagged": READS,
        "ads_posts": "pages_manage_ads",
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.granted = {
            "pages_show_list",
            "pages_read_engagement",
            READS,
            ACTS,
            "pages_manage_ads",
        }
        now = self.clock.now()
        self.page = PageName(self.me[0], self.me[1], now, now, (0.0, 0))
        self.things[self.page.id] = self.page
        self.feed: Shelf[PagePost] = Shelf()
        self.adverts: Shelf[PagePost] = Shelf()
        self.tagged: Shelf[PagePost] = Shelf()
        self.ratings: Shelf[Review] = Shelf()
        self.banned: dict[str, Name] = {}
        self.tells_order = True

    def settings(self) -> dict[str, Any]:
        here = {"base_url": self.url, "timeout_s": PATIENCE_S, "settle_s": 0}
        return {"page_id": self.page.id, **here}

    def subscribed(self) -> str:
        return self.page.id

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        return self._post(self.feed, text, self.page.text, at)

    def visitor_post(
        self, text: str, *, author: str | None = "visitor", at: datetime | None = None
    ) -> str:
        """Let a visitor write on the Page, and return the post's id."""
        return self._post(self.feed, text, author, at)

    def advert(self, text: str, *, published: bool = False, at: datetime | None = None) -> str:
        """Publish an advert, which stands in the feed only when it is published."""
        with self.lock:
            native_id = self._post(self.adverts, text, self.page.text, at)
            advert = self.things[native_id]
            if isinstance(advert, PagePost) and published:
                self.feed.put(advert.key, advert)
            elif isinstance(advert, PagePost):
                advert.published = False
            return native_id

    def mention(self, text: str, *, author: str = "reader", at: datetime | None = None) -> str:
        who = self.person(author)
        return self._post(self.tagged, text, author, at, page=who.id if who else "")

    def review(
        self, text: str, *, author: str | None = "reader", negative: bool = True, story: bool = True
    ) -> str:
        """Write a review, and return the id of its story."""
        with self.lock:
            now, number = self.clock.now(), self.number()
            review = Review(str(9_000_000 + number), text, now, now, (now.timestamp(), number))
            review.author = self.person(author)
            review.more = {"negative": negative, "story": story}
            self.ratings.put(review.key, review)
            self.things[review.id] = review
            return review.id

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
    ) -> str:
        with self.lock:
            post, over = self.things[post_id], self.things.get(parent or "")
            now, number = self.clock.now(), self.number()
            made = at or now
            native_id = f"{post_id.partition('_')[2]}_{2_000_000 + number}"
            comment = Comment(native_id, text, made, now, (made.timestamp(), number))
            comment.author = self.person(author)
            if isinstance(over, Comment):
                comment.parent = over
                over.answers.put(comment.key, comment)
            if isinstance(post, PagePost):
                comment.post = post
                post.updated = max(post.updated or post.made, now)
                post.stream.put(comment.key, comment)
                if comment.parent is None:
                    post.top.put(comment.key, comment)
            self.things[native_id] = comment
            return native_id

    def remove(self, native_id: str) -> None:
        with self.lock:
            thing = self.things[native_id]
            thing.gone = True
            for shelf in (self.feed, self.adverts, self.tagged, self.ratings):
                shelf.drop(thing.key)
            if isinstance(thing, PagePost):
                for comment in thing.stream.things():
                    comment.gone = True
            if isinstance(thing, Comment):
                self._remove_comment(thing)

    def _remove_comment(self, comment: Comment) -> None:
        if comment.parent:
            comment.parent.answers.drop(comment.key)
        for one in with_answers([comment]):
            one.gone = True
            if one.post:
                one.post.stream.drop(one.key)
                one.post.top.drop(one.key)

    def _post(
        self,
        shelf: Shelf[PagePost],
        text: str,
        author: str | None,
        at: datetime | None,
        page: str = "",
    ) -> str:
        with self.lock:
            now, number = self.clock.now(), self.number()
            made = at or now
            native_id = f"{page or self.page.id}_{1_000_000 + number}"
            post = PagePost(native_id, text, made, now, (made.timestamp(), number))
            post.author = self.person(author)
            if author == self.page.text and post.author:
                post.author.id = self.page.id
            shelf.put(post.key, post)
            self.things[native_id] = post
            return native_id

    # The protocol.

    def edge(self, thing: Thing, edge: str, asked: dict[str, str]) -> tuple[Shelf[Any], bool]:
        if isinstance(thing, PagePost):
            return self._comments(thing, asked)
        if isinstance(thing, Comment):
            return thing.answers, asked.get("order") == "reverse_chronological"
        if edge == "blocked":
            return self._banned(asked.get("user")), True
        shelves: dict[str, Shelf[Any]] = {
            "feed": self.feed,
            "ads_posts": self.adverts,
            "tagged": self.tagged,
            "ratings": self.ratings,
        }
        return shelves[edge], True

    def _comments(self, post: PagePost, asked: dict[str, str]) -> tuple[Shelf[Any], bool]:
        order, which = asked.get("order", "chronological"), asked.get("filter", "toplevel")
        if order not in ORDERS:
            raise GraphFault(bad_parameter("order"))
        if which not in FILTERS:
            raise GraphFault(bad_parameter("filter"))
        down = order == "reverse_chronological" and post.in_order
        return post.stream if which == "stream" else post.top, down

    def _banned(self, user: str | None) -> Shelf[Any]:
        found: Shelf[Any] = Shelf()
        for name in self.banned.values():
            if user in {None, name.id}:
                found.put(name.key, name)
        return found

    def summary(self, thing: Thing, shelf: Shelf[Any], asked: dict[str, str]) -> dict[str, Any]:
        if asked.get("summary") != "true" or not isinstance(thing, PagePost):
            return {}
        late = 0
        for _, one in shelf.down(None):
            if self.listed(one):
                break
            late += 1
        order = asked.get("order", "chronological") if thing.in_order else "ranked"
        told: dict[str, Any] = {
            "order": order,
            "total_count": len(shelf) - late,
            "can_comment": True,
        }
        if not self.tells_order:
            del told["order"]
        return {"summary": told}

    def written(self, method: str, thing: Thing, asked: dict[str, str]) -> Answer:
        if ACTS not in self.granted:
            raise GraphFault(may_not_act(ACTS))
        if self.punished:
            raise GraphFault(punished())
        if thing is self.page:
            return self._ban(method, asked.get("user", ""))
        if method == "DELETE":
            if isinstance(thing, Comment) and not thing.can_remove:
                raise GraphFault(refused_item())
            self.remove(thing.id)
        else:
            if asked.get("is_hidden") not in {"true", "false"}:
                raise GraphFault(bad_parameter("is_hidden"))
            if isinstance(thing, Comment) and not thing.can_hide:
                raise GraphFault(refused_item())
            self.set_hidden(thing.id, hidden=asked["is_hidden"] == "true")
        return Answer(encoded({"success": True}))

    def _ban(self, method: str, user: str) -> Answer:
        if not user.isdigit():
            raise GraphFault(bad_parameter("user"))
        if method == "DELETE":
            self.banned.pop(user, None)
            return Answer(encoded({"success": True}))
        now, number = self.clock.now(), self.number()
        name = next((one.name for one in self.people.values() if one.id == user), "Somebody")
        self.banned.setdefault(user, Name(user, name, now, now, (now.timestamp(), number)))
        return Answer(encoded({user: True}))
