"""The world of the Mastodon stand-in: people, their posts, who is told of them and blocked."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from tests.standins.base import StandIn
from tests.standins.faults import PATIENCE_S, FaultScript
from tests.standins.mastodon_bodies import Person, Toot, paragraphs

TOKEN = "tok-of-watchroom-demo-for-tests-only-0123456789"
HOST = "town.example"
ELSEWHERE = "far.example"
MOST = 80

Note = tuple[int, str, str, datetime, bool]
"""A notification: its id, type and post, its time, and whether a filter keeps it back."""

LOST = {
    "revoked": (401, "The access token was revoked"),
    "invalid": (401, "The access token is invalid"),
    "expired": (401, "The access token expired"),
    "disabled": (403, "Your login is currently disabled"),
    "application": (422, "This method requires an authenticated user"),
}
"""Each way in which an account's access ends."""


class MastodonWorld(StandIn):
    """An instance with one account of ours and people here and elsewhere.

    allowance is how many calls it takes in five minutes; a real one takes 300. scopes are those of
    the access token. list_lag_s is how late new posts come into lists. refreshing are posts whose
    replies are still being fetched from elsewhere. page_most makes pages shorter than asked for.
    """

    platform = "mastodon"

    def __init__(
        self,
        *,
        faults: FaultScript | None = None,
        lag_s: float = 0.0,
        allowance: int = 100_000,
    ) -> None:
        super().__init__(faults=faults, lag_s=lag_s)
        self.allowance = allowance
        self.scopes = {"read", "write"}
        self.list_lag_s = 0.0
        self.refreshing: set[str] = set()
        self.page_most = MOST
        self.has_batches = True
        self.tells_scopes = True
        self.us = Person("100", "brigade", name="Town Fire Service")
        self.people: dict[str, Person] = {}
        self.toots: dict[str, Toot] = {}
        self.reports: list[dict[str, Any]] = []
        self.lost = ""
        self._own: list[str] = []
        self._notes: list[Note] = []
        self._blocks: dict[str, list[tuple[datetime, bool]]] = {}
        self._windows: dict[int, int] = {}
        self._last = 0

    def settings(self) -> dict[str, Any]:
        """Return an account's settings that lead here."""
        return {
            "instance": f"https://{HOST}",
            "base_url": self.url,
            "account": "brigade",
            "timeout_s": PATIENCE_S,
            "settle_s": 0,
        }

    def secrets(self) -> dict[str, str]:
        """Return an access that is good here."""
        return {"access_token": TOKEN}

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        """Publish one of our posts."""
        return self._write(self.us, paragraphs(text), at).id

    def we_reply(self, above: str, text: str, *, at: datetime | None = None) -> str:
        """Answer somebody as the account itself."""
        return self._write(self.us, paragraphs(text), at, above=above).id

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
        html: str = "",
        told: bool = True,
        filtered: bool = False,
        **more: Any,
    ) -> str:
        """Answer a post; told says that it names us, so that a notification comes of it.

        Mastodon never withholds an author, so author None is somebody all the same.
        """
        who = self.person(author or "reader")
        toot = self._write(who, html or paragraphs(text), at, above=parent or post_id, **more)
        if told:
            self._notify("mention", toot, filtered=filtered)
        return toot.id

    def mention(self, text: str, *, author: str = "reader", above: str | None = None) -> str:
        """Name the account in a post of somebody's own, or in an answer to another's."""
        toot = self._write(self.person(author), paragraphs(text), None, above=above)
        self._notify("mention", toot)
        return toot.id

    def say(self, text: str, *, author: str = "reader", above: str | None = None) -> str:
        """Write something that has nothing to do with the account."""
        return self._write(self.person(author), paragraphs(text), None, above=above).id

    def quote(self, post_id: str, text: str, *, author: str = "reader") -> str:
        """Quote a post of ours."""
        toot = self._write(self.person(author), paragraphs(text), None)
        toot.quoted = self.toots[post_id]
        self._notify("quote", toot)
        return toot.id

    def edit(self, native_id: str, text: str) -> None:
        """Let an author change the words."""
        toot = self.toots[native_id]
        toot.html, toot.edited_at = paragraphs(text), self.clock.now()

    def remove(self, native_id: str) -> None:
        """Let an author delete a post; what answers it stays, and answers nothing any more."""
        toot = self.toots.pop(native_id)
        for below in toot.below:
            if below in self.toots:
                self.toots[below].above = None
        if toot.author is self.us:
            self._own.remove(native_id)

    def suspend(self, author: str) -> None:
        """Let the moderators suspend somebody: none of their posts is shown any more."""
        self.person(author).suspended = True

    def is_hidden(self, native_id: str) -> bool:
        """Say no: nothing is ever hidden here."""
        return False

    def is_blocked(self, author: str) -> bool:
        """Say whether a block is in effect."""
        return self.blocks(self.person(author).id)

    def blocks(self, account_id: str) -> bool:
        """Say whether a block of that account is in effect; the server's side knows."""
        raise NotImplementedError

    def lose_access(self, way: str = "revoked") -> None:
        """End the account's access in one of the ways of LOST."""
        self.lost = way

    def renew_access(self) -> None:
        """Give the account its access back."""
        self.lost = ""

    def person(self, name: str) -> Person:
        """Return somebody; every second one is at home on another instance."""
        if name not in self.people:
            count = len(self.people)
            domain = ELSEWHERE if count % 2 else ""
            username = re.sub(r"\W", "_", name)
            self.people[name] = Person(str(900 + count), username, domain, name)
        return self.people[name]

    def _write(
        self,
        author: Person,
        html: str,
        at: datetime | None,
        *,
        above: str | None = None,
        **more: Any,
    ) -> Toot:
        with self.lock:
            at = at or self.clock.now()
            self._last = max(self._last + 1, int(at.timestamp() * 1000) << 16)
            over = self.toots.get(above or "")
            toot = Toot(str(self._last), author, html, at, above, **more)
            if over is not None:
                toot.above_author = over.author.id
                over.below.append(toot.id)
            self.toots[toot.id] = toot
            if author is self.us:
                self._own.append(toot.id)
            return toot

    def _notify(self, kind: str, toot: Toot, *, filtered: bool = False) -> None:
        with self.lock:
            self._notes.append((len(self._notes) + 1, kind, toot.id, toot.at, filtered))
