"""What lives behind the Graph API's stand-ins: posts, comments and reviews, with their times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from tests.standins.graph_lists import Key, Shelf


def told(at: datetime) -> str:
    """Return a time as Meta writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


@dataclass
class Person:
    """Somebody who writes."""

    id: str
    name: str


@dataclass
class Thing:
    """One object. put is when it came into the world here; key is its place in lists."""

    kind: ClassVar[str]

    id: str
    text: str
    made: datetime
    put: datetime
    key: Key
    author: Person | None = None
    hidden: bool = False
    was_hidden: bool = False
    hidden_at: datetime | None = None
    gone: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def values(self, *, hidden: bool) -> dict[str, Any]:
        """Return all fields; hidden is what readers see of it by now."""
        raise NotImplementedError


@dataclass
class PagePost(Thing):
    """A post on the Page: its own, a visitor's, an advert, or one elsewhere that names it."""

    kind = "PagePost"

    updated: datetime | None = None
    published: bool = True
    in_order: bool = True
    stream: Shelf[Comment] = field(default_factory=Shelf)
    top: Shelf[Comment] = field(default_factory=Shelf)

    def values(self, *, hidden: bool) -> dict[str, Any]:
        page, _, number = self.id.partition("_")
        return {
            "id": self.id,
            "message": self.text or None,
            "created_time": told(self.made),
            "updated_time": told(self.updated or self.made),
            "permalink_url": f"https://www.facebook.com/{page}/posts/{number}",
            "from": _from(self.author),
            "status_type": "mobile_status_update",
            "is_hidden": hidden,
            "is_published": self.published,
            "full_picture": self.more.get("picture"),
        }


@dataclass
class Comment(Thing):
    """A comment on a post, or the answer to one."""

    kind = "Comment"

    post: PagePost | None = None
    parent: Comment | None = None
    answers: Shelf[Comment] = field(default_factory=Shelf)
    can_hide: bool = True
    can_remove: bool = True

    def values(self, *, hidden: bool) -> dict[str, Any]:
        place = self.post.id.replace("_", "/posts/") if self.post else ""
        picture = self.more.get("picture")
        image = {"image": {"src": picture, "height": 480, "width": 640}}
        return {
            "id": self.id,
            "message": self.text,
            "created_time": told(self.made),
            "permalink_url": f"https://www.facebook.com/{place}/?comment_id={self.id}",
            "from": _from(self.author),
            "parent": {"id": self.parent.id} if self.parent else None,
            "is_hidden": hidden,
            "can_hide": self.can_hide,
            "can_remove": self.can_remove,
            "can_comment": not hidden,
            "is_private": False,
            "comment_count": len(self.answers),
            "like_count": 0,
            "attachment": {"type": "photo", "url": picture, "media": image} if picture else None,
        }


@dataclass
class Review(Thing):
    """A recommendation of the Page. It has no id of its own, only its story has."""

    kind = "Recommendation"

    def values(self, *, hidden: bool) -> dict[str, Any]:
        return {
            "created_time": told(self.made),
            "has_rating": False,
            "has_review": bool(self.text),
            "recommendation_type": "negative" if self.more.get("negative") else "positive",
            "review_text": self.text or None,
            "reviewer": _from(self.author),
            "open_graph_story": {"id": self.id} if self.more.get("story", True) else None,
        }


@dataclass
class Media(Thing):
    """A post on Instagram: the account's own, or one that it is tagged in."""

    kind = "IGMedia"

    comments: Shelf[Remark] = field(default_factory=Shelf)
    count: int = 0

    def values(self, *, hidden: bool) -> dict[str, Any]:
        return {
            "id": self.id,
            "caption": self.text or None,
            "permalink": f"https://www.instagram.com/p/C{self.id[-10:]}/",
            "timestamp": told(self.made),
            "comments_count": self.count,
            "media_product_type": "FEED",
            "media_type": "IMAGE",
            "media_url": self.more.get("picture"),
            "is_comment_enabled": True,
            "username": self.author.name if self.author else None,
        }


@dataclass
class Remark(Thing):
    """A comment on Instagram; only top-level ones have answers."""

    kind = "IGComment"

    media: Media | None = None
    parent: Remark | None = None
    answers: Shelf[Remark] = field(default_factory=Shelf)

    def values(self, *, hidden: bool) -> dict[str, Any]:
        who = self.author
        return {
            "id": self.id,
            "text": self.text,
            "timestamp": told(self.made),
            "username": who.name if who else None,
            "from": {"id": who.id, "username": who.name} if who else None,
            "hidden": hidden,
            "like_count": 0,
            "parent_id": self.parent.id if self.parent else None,
            "media": self.media,
        }


@dataclass
class Name(Thing):
    """An account or a person as others see it."""

    kind = "Profile"

    def values(self, *, hidden: bool) -> dict[str, Any]:
        return {"id": self.id, "name": self.text}


class PageName(Name):
    """The Page."""

    kind = "Page"


class InstagramName(Name):
    """The Instagram account."""

    kind = "IGUser"

    def values(self, *, hidden: bool) -> dict[str, Any]:
        return {"id": self.id, "username": self.text, "name": self.text, "media_count": 0}


def _from(author: Person | None) -> dict[str, str] | None:
    return {"id": author.id, "name": author.name} if author else None


def with_answers(found: Iterable[Any]) -> list[Any]:
    """Return comments with everything that answers them."""
    return [one for comment in found for one in (comment, *with_answers(comment.answers.things()))]
