"""The channel behind the YouTube stand-in: its videos and comments, and the lists they stand in."""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PUBLISHED, HELD, SPAM, REJECTED = "published", "heldForReview", "likelySpam", "rejected"
LISTED = (PUBLISHED, HELD, SPAM)

CHANNEL = "UCnorthmoor-fire-rescue0"
OTHER_CHANNEL = "UCsouthmoor-fire-rescue0"
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
READ_ONLY = "https://www.googleapis.com/auth/youtube.readonly"

Key = tuple[float, str]
"""Where a record stands in a list: newest first."""


@dataclass
class Access:
    """What Google holds of the access that the channel's owner gave."""

    refresh_token: str = "1//canary-refresh-token"
    client_secret: str = "canary-client-secret"
    scope: str = SCOPE
    channel: str = CHANNEL
    is_revoked: bool = False
    is_owner: bool = True
    ends_in: int | None = None
    next_refresh_token: str = ""
    tokens: dict[str, datetime] = field(default_factory=dict)


@dataclass
class Remark:
    """One comment. status is what was last set; shown is what the lists show, None: not yet."""

    id: str
    video: str
    parent: str | None
    author: str | None
    text: str
    at: datetime
    updated: datetime
    status: str = PUBLISHED
    shown: str | None = None
    picture: str = ""
    avatar: str = "https://pictures.example/a/default"
    poison: bytes = b""

    @property
    def key(self) -> Key:
        """Return its place in a list."""
        return (-self.at.timestamp(), self.id)


@dataclass
class Video:
    """One of the channel's videos."""

    id: str
    text: str
    at: datetime
    is_open: bool = True

    @property
    def key(self) -> Key:
        """Return its place in the list of videos."""
        return (-self.at.timestamp(), self.id)


@dataclass
class World:
    """All there is on the channel. Changes that readers do not see yet wait in order of time."""

    remarks: dict[str, Remark] = field(default_factory=dict)
    videos: dict[str, Video] = field(default_factory=dict)
    banned: set[str] = field(default_factory=set)
    _shelves: dict[tuple[str, str], list[Key]] = field(default_factory=lambda: defaultdict(list))
    _below: dict[tuple[str, str], list[Key]] = field(default_factory=lambda: defaultdict(list))
    _by_key: list[Key] = field(default_factory=list)
    _waiting: list[tuple[datetime, int, str]] = field(default_factory=list)
    _counter: itertools.count[int] = field(default_factory=itertools.count)

    def new_id(self, prefix: str) -> str:
        """Return an id that was not given before."""
        return f"{prefix}{next(self._counter):07d}"

    def add_video(self, text: str, at: datetime) -> Video:
        """Publish a video."""
        video = Video(self.new_id("vid-"), text, at)
        self.videos[video.id] = video
        insort(self._by_key, video.key)
        return video

    def add(self, remark: Remark, shows_at: datetime, now: datetime) -> None:
        """Take in a comment, which the lists show from then on."""
        self.remarks[remark.id] = remark
        self._when(shows_at, remark.id, now)

    def set_status(self, remark: Remark, status: str, shows_at: datetime, now: datetime) -> None:
        """Change a status; the lists follow later."""
        remark.status = status
        self._when(shows_at, remark.id, now)

    def _when(self, at: datetime, native_id: str, now: datetime) -> None:
        heapq.heappush(self._waiting, (at, next(self._counter), native_id))
        self.settle(now)

    def settle(self, now: datetime) -> None:
        """Let the lists show what is due."""
        while self._waiting and self._waiting[0][0] <= now:
            remark = self.remarks.get(heapq.heappop(self._waiting)[2])
            if remark is not None:
                self._show(remark, remark.status)

    def remove(self, native_id: str) -> None:
        """Delete a comment, with its replies."""
        for key in [key for status in LISTED for key in self.below(native_id, status)]:
            self.remove(key[1])
        remark = self.remarks.pop(native_id, None)
        if remark is not None:
            self._show(remark, None)

    def remove_video(self, video_id: str) -> None:
        """Delete a video with all below it."""
        for remark in [one for one in self.remarks.values() if one.video == video_id]:
            self.remove(remark.id)
        self._by_key.remove(self.videos.pop(video_id).key)

    def _show(self, remark: Remark, status: str | None) -> None:
        self._shelve(remark, -1)
        remark.shown = status
        self._shelve(remark, 1)

    def _shelve(self, remark: Remark, step: int) -> None:
        """Put a comment into the lists that show it, or take it out."""
        if remark.shown not in LISTED:
            return
        if remark.parent is None:
            for video in ("", remark.video):
                _place(self._shelves[remark.shown, video], remark.key, step)
            return
        _place(self._below[remark.parent, remark.shown], remark.key, step)
        thread = self.remarks.get(remark.parent)
        # A thread is listed as held when a reply below it is, though itself it is published.
        if thread is not None and remark.shown != PUBLISHED:
            for video in ("", remark.video):
                _place(self._shelves[remark.shown, video], thread.key, step)

    def threads(self, status: str, video: str = "") -> list[Key]:
        """Return the places of the threads in a list; one may stand there more than once."""
        return self._shelves[status, video]

    def below(self, parent: str, status: str) -> list[Key]:
        """Return the places of a thread's replies of one status."""
        return self._below[parent, status]

    def uploads(self) -> list[Key]:
        """Return the places of the channel's videos."""
        return self._by_key


def _place(shelf: list[Key], key: Key, step: int) -> None:
    if step > 0:
        insort(shelf, key)
    else:
        at = bisect_left(shelf, key)
        if at < len(shelf) and shelf[at] == key:
            del shelf[at]


def page_of(shelf: list[Key], behind: Key | None, most: int) -> tuple[list[Key], bool]:
    """Return the places of a page behind a place, each once, and whether more follow."""
    at = bisect_right(shelf, behind) if behind else 0
    page: list[Key] = []
    while at < len(shelf) and len(page) < most:
        if not page or page[-1] != shelf[at]:
            page.append(shelf[at])
        at = bisect_right(shelf, shelf[at], at)
    return page, at < len(shelf)


def later(at: datetime, seconds: float) -> datetime:
    """Return a time so many seconds on."""
    return at + timedelta(seconds=seconds)
