"""What is written on the six platforms of the demonstration: by whom, where, when, and what later.

The words are those of the demo that ships (worker/demo). Each thread begins as many hours ago as
PUBLISHED says and goes on as it did there; what would lie ahead is written while somebody watches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from moderation.when import london
from worker.demo import material

PUBLISHED: dict[str, tuple[str, float]] = {
    "fb-post-01": ("facebook", 90),
    "fb-post-12": ("facebook", 66),
    "fb-post-14": ("facebook", 50),
    "fb-post-19": ("facebook", 3.5),
    "fb-post-22": ("facebook", 3),
    "fb-post-27": ("facebook", 2.5),
    "ig-post-03": ("instagram", 80),
    "ig-post-08": ("instagram", 6),
    "ig-post-17": ("instagram", 2.5),
    "ig-post-21": ("instagram", 1),
    "x-post-13": ("x", 60),
    "x-post-07": ("x", 4.5),
    "x-post-20": ("x", 2),
    "x-post-23": ("x", 2),
    "x-post-28": ("x", 1.5),
    "yt-post-05": ("youtube", 70),
    "yt-post-15": ("youtube", 3),
    "yt-post-26": ("youtube", 2.5),
    "bsky-post-09": ("bluesky", 74),
    "fb-post-06": ("bluesky", 6),
    "bsky-post-25": ("bluesky", 2.5),
    "masto-post-11": ("mastodon", 64),
    "fb-post-10": ("mastodon", 46),
    "masto-post-16": ("mastodon", 5),
    "fb-post-24": ("mastodon", 1.5),
}
"""Where each post stands and how many hours ago it was published. Some stand elsewhere than in the
demo that ships, so that no platform is left with little."""

QUOTES = frozenset({"x-0036", "x-0048", "bsky-0017", "masto-0005"})
HELD = frozenset({"yt-0003", "yt-0016", "yt-0021"})
SPAM = frozenset({"yt-0034"})
UNNAMED = frozenset({"x-0037", "yt-0009"})
WITHOUT_WORDS = frozenset({"fb-0015", "masto-0009"})
STRETCH = 4 / 21
"""What belongs to no post lies within the last four days in place of three weeks."""


@dataclass(frozen=True)
class Said:
    """One thing that somebody wrote, changed or deleted; where is a platform, post ours or none."""

    id: str
    where: str
    at: datetime
    kind: str
    text: str
    author: dict[str, str] | None
    post: str | None
    parent: str | None
    change: str = ""

    @property
    def is_quote(self) -> bool:
        """Say whether it quotes the post in place of answering it."""
        return self.id in QUOTES


@dataclass(frozen=True)
class OwnPost:
    """One post of the organisation's own."""

    id: str
    where: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Story:
    """All of it: what has been written by now, oldest first, and what is still to come."""

    past: list[OwnPost | Said]
    ahead: list[Said]


def story(now: datetime) -> Story:
    """Return the story as it stands at a time."""
    today = london(now).date()
    posts = {post["id"]: post for post in material.read("posts.jsonl") if post["id"] in PUBLISHED}
    own = [
        OwnPost(name, where, now - timedelta(hours=hours), posts[name]["text"])
        for name, (where, hours) in PUBLISHED.items()
    ]
    moved = {
        post.id: post.at - material.moment(today, posts[post.id]["day"], posts[post.id]["time"])
        for post in own
    }
    said = list(_all_said(now, moved))
    past = [one for one in said if one.at <= now]
    return Story(
        sorted([*own, *past], key=lambda one: one.at),
        _mingled([one for one in said if one.at > now]),
    )


def _all_said(now: datetime, moved: dict[str, timedelta]) -> Iterator[Said]:
    """Yield every line of the feed at its new time; every third without a post is still to come."""
    seen: dict[str, str | None] = {}
    loose = 0
    for line in material.feed(london(now).date()):
        record = line.record
        again, post = record["id"] in seen, _post_of(record, seen)
        seen[record["id"]] = post
        change = record.get("change", "edited" if again else "")
        if post is None:
            loose += not change
            age = (now - line.at) * STRETCH
            yield _said(line, now + age if loose % 3 == 0 else now - age, None, change)
        elif post in moved:
            yield _said(line, line.at + moved[post], post, change)


def _post_of(record: dict[str, Any], seen: dict[str, str | None]) -> str | None:
    """Return the post of a line; a deletion names none, and stands where the comment stood."""
    if record["id"] in seen:
        return seen[record["id"]]
    return (record.get("post") or {}).get("id")


def _said(line: material.Line, at: datetime, post: str | None, change: str) -> Said:
    record = line.record
    where = PUBLISHED[post][0] if post else line.account.removeprefix("northmoor-")
    return Said(
        id=record["id"],
        where=where,
        at=at,
        kind=record.get("kind", ""),
        text="" if record["id"] in WITHOUT_WORDS else record.get("text", ""),
        author=None if record["id"] in UNNAMED else record.get("author"),
        post=post,
        parent=record.get("parent"),
        change=change,
    )


def _mingled(ahead: list[Said]) -> list[Said]:
    """Return what is to come in an order in which every thread goes on from start to end."""
    threads = defaultdict(list)
    for one in sorted(ahead, key=lambda one: one.at):
        threads[one.where, one.post].append(one)
    placed = [
        ((place + 1) / (len(thread) + 1), one)
        for thread in threads.values()
        for place, one in enumerate(thread)
    ]
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]
