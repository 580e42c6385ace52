"""The six platforms of the demonstration: each one's stand-in and account, and who writes there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.standins.base import StandIn
from tests.standins.bluesky import BlueskyStandIn
from tests.standins.bluesky_protocol import HANDLE
from tests.standins.graph import FacebookStandIn, InstagramStandIn
from tests.standins.mastodon import MastodonStandIn
from tests.standins.mastodon_world import HOST
from tests.standins.platforms_story import HELD, SPAM, OwnPost, Said
from tests.standins.x import XStandIn
from tests.standins.x_platform import ACCOUNT
from tests.standins.youtube import YouTubeStandIn
from tests.standins.youtube_world import HELD as HELD_BACK
from tests.standins.youtube_world import SPAM as LIKELY_SPAM

NAME = "Northmoor Fire and Rescue"
_OUR_HANDLES = re.compile(
    r"@(?:NorthmoorFireDemo|northmoorfire_demo|northmoorfire\.demo\.example|northmoorfire)\b"
)


@dataclass
class Place:
    """One platform: its server, the account there, and what was written, by the story's ids."""

    platform: str
    title: str
    connector: str
    handle: str
    server: StandIn
    settings: dict[str, Any] = field(default_factory=dict)
    can_edit: bool = False
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return the account's short name."""
        return f"northmoor-{self.platform}"

    def play(self, one: OwnPost | Said) -> None:
        """Let something happen at the server's time."""
        if isinstance(one, OwnPost):
            self.ids[one.id] = self.server.post(one.text)
        elif one.change and one.id in self.ids:
            self._change(one)
        elif not one.change:
            self.ids[one.id] = self._write(one)

    def play_past(self, past: list[OwnPost | Said]) -> None:
        """Live through what has happened here, with the server's clock set to each moment."""
        clock = self.server.clock
        for one in past:
            clock.advance((one.at - clock.now()).total_seconds())
            self.play(one)
        clock.advance((datetime.now(UTC) - clock.now()).total_seconds())

    def edit(self, story_id: str, text: str) -> None:
        """Let an author change the words."""
        self.server.edit(self.ids[story_id], text)

    def delete(self, story_id: str) -> None:
        """Let an author delete what they wrote; what answers it later stands by itself."""
        self.server.remove(self.ids.pop(story_id))

    def _change(self, one: Said) -> None:
        if one.change == "deleted":
            self.delete(one.id)
        elif self.can_edit:
            self.edit(one.id, one.text)

    def _write(self, one: Said) -> str:
        text = _OUR_HANDLES.sub(f"@{self.handle}", one.text)
        author = self._author(one)
        if one.post is None:
            return self._elsewhere(one, text, author)
        post = self.ids[one.post]
        if one.is_quote and isinstance(self.server, XStandIn | BlueskyStandIn | MastodonStandIn):
            return self.server.quote(post, text, author=author or "somebody")
        parent = self.ids.get(one.parent or "")
        more = self._more(one)
        written = self.server.comment(post, text, parent=parent, author=author, **more)
        if isinstance(self.server, FacebookStandIn) and not text:
            self.server.things[written].more["picture"] = self.server.show()
        return written

    def _author(self, one: Said) -> str | None:
        """Return who wrote it as the platform knows them: by name, or by handle."""
        if one.author is None:
            return None
        if self.platform == "facebook":
            return one.author["name"]
        handle = one.author["handle"]
        return handle.replace(".", "_") if self.platform in {"x", "mastodon"} else handle

    def _elsewhere(self, one: Said, text: str, author: str | None) -> str:
        """Write what belongs to no post of ours; a private message, as a visitor's post."""
        if isinstance(self.server, FacebookStandIn):
            if one.kind == "review":
                return self.server.review(text, author=author)
            return self.server.visitor_post(text, author=author)
        return self.server.mention(text, author=author or "somebody")

    def _more(self, one: Said) -> dict[str, Any]:
        if isinstance(self.server, YouTubeStandIn):
            is_held, is_spam = one.id in HELD, one.id in SPAM
            return {"status": HELD_BACK} if is_held else {"status": LIKELY_SPAM} if is_spam else {}
        if isinstance(self.server, MastodonStandIn) and not one.text:
            return {"pictures": ((self.server.show(), ""),)}
        return {}


def _facebook() -> Place:
    return Place("facebook", "Facebook", "facebook_page", NAME, FacebookStandIn(), can_edit=True)


def _instagram() -> Place:
    return Place("instagram", "Instagram", "instagram", "northmoor.fire", InstagramStandIn())


def _x() -> Place:
    server, handle = XStandIn(), "NorthmoorFireDemo"
    server.me = (ACCOUNT, handle, NAME)
    server.world.users = {handle: ACCOUNT}
    return Place("x", "X", "x", handle, server)


def _youtube() -> Place:
    return Place("youtube", "YouTube", "youtube", NAME, YouTubeStandIn(), can_edit=True)


def _bluesky() -> Place:
    server = BlueskyStandIn()
    # It counts calls since it was started, and refuses when they are used up.
    server.allowance = 1_000_000_000
    return Place("bluesky", "Bluesky", "bluesky", HANDLE, server)


def _mastodon() -> Place:
    server, username = MastodonStandIn(), "northmoorfire"
    server.us.username, server.us.name = username, NAME
    handle = f"{username}@{HOST}"
    return Place(
        "mastodon", "Mastodon", "mastodon", handle, server, {"account": username}, can_edit=True
    )


MAKERS: dict[str, Callable[[], Place]] = {
    "facebook": _facebook,
    "instagram": _instagram,
    "x": _x,
    "youtube": _youtube,
    "bluesky": _bluesky,
    "mastodon": _mastodon,
}


def open_places() -> dict[str, Place]:
    """Start a stand-in for each platform, on ports of their own; they end with the process."""
    places = {platform: make() for platform, make in MAKERS.items()}
    for place in places.values():
        place.server.start()
    return places
