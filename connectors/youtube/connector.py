"""Watches one YouTube channel: comments and replies, what is held for review, and likely spam.

Reference: https://developers.google.com/youtube/v3/docs, and the discovery document that comes with
google-api-python-client.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from connectors.contract import (
    COMMENTS,
    Checked,
    Feed,
    Gone,
    Kind,
    Malformed,
    Means,
    Option,
    Permanent,
    PermissionMissing,
    Tariff,
)
from connectors.options import COMMON, limits_of, number
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import base_of
from connectors.youtube import lookup, walk
from connectors.youtube.actions import CALLS, NOT_AN_ID, NOTES, UNDO, capability, moderation
from connectors.youtube.errors import (
    GONE,
    PROCESSING_FAILURE,
    SCOPE,
    judge_token,
    pacific_day,
    reason_of,
)
from connectors.youtube.link import (
    API,
    CLIENT_ID,
    CLIENT_SECRET,
    REFRESH_TOKEN,
    SIGN_IN,
    UNITS_MODERATE,
    Link,
)
from connectors.youtube.lists import Lists, utc_now
from connectors.youtube.records import COMMENT_ID, HELD, PUBLISHED, SPAM, Beside, comment_of, word
from moderation.errors import SettingsError
from moderation.model import ActionKind, Capability, Comment, ItemRef, Page, Unreadable

HELD_FEED: Final = Feed("held", 300)
SPAM_FEED: Final = Feed("spam", 900)
STATUS_OF: Final = {COMMENTS.name: PUBLISHED, HELD_FEED.name: HELD, SPAM_FEED.name: SPAM}

UNITS_A_DAY: Final = 10_000
REREAD_EVERY_S: Final = 6 * 3600

# Unconfirmed: how long the lists show the old status after an action.
SETTLE_S: Final = 60.0

# What the sign-in says of an access that ends by itself; unconfirmed.
EXPIRES_IN: Final = "refresh_token_expires_in"

_CHANNEL_ID: Final = re.compile(r"UC[A-Za-z0-9_-]{22}", re.ASCII)
NO_CHANNEL: Final = (
    "The Google account that gave this access has no YouTube channel. Sign in again and choose the "
    "channel when Google asks for it."
)


class YouTube:
    """One channel of the organisation, seen with its owner's access."""

    platform = "youtube"
    supports = frozenset(CALLS)
    feeds: tuple[Feed, ...] = (COMMENTS, HELD_FEED, SPAM_FEED)
    reread_every_s = REREAD_EVERY_S

    def __init__(self, channel_id: str, link: Link, *, settle_s: float = SETTLE_S) -> None:
        self.settle_s = settle_s
        self._channel_id = channel_id
        self._link = link
        self._lists = Lists(link, channel_id, utc_now)
        # Nothing is hidden without a capture before and a look afterwards.
        self._for_acts = Lists(link, channel_id, utc_now, act=True)

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return one page of threads, or of the replies below a thread that has new ones."""
        return walk.poll(self._lists, STATUS_OF[feed], cursor, utc_now())

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return one page of a round over the threads written since then."""
        return walk.reread(self._lists, cursor, since)

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one comment as it stands now; by its id, YouTube does not tell its standing."""
        if not COMMENT_ID.fullmatch(ref.native_id):
            raise Permanent(NOT_AN_ID)
        # Whoever is about to act holds the comment's bytes. Whoever only asks whether it is still
        # there does not, and leaves what is kept for actions alone.
        piece = lookup.need(self._for_acts if ref.raw else self._lists, ref)
        found = comment_of(piece, Beside(ref.post_id))
        if isinstance(found, Unreadable):
            raise Malformed(found.reason)
        if found.native_id != ref.native_id:
            raise Malformed(OTHER_SHAPE)
        return found

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Set the comment's moderation status, with a ban of its author for a block."""
        status, ban = moderation(self._channel_id, ref, action)
        exchange = self._for_acts.moderate(ref.native_id, status, ban=ban, units=UNITS_MODERATE)
        is_unclear = exchange.status == 400 and reason_of(exchange) == PROCESSING_FAILURE
        if is_unclear and not self._for_acts.one(ref.native_id).pieces:
            # YouTube gives this reason for a comment that is gone, too.
            raise Gone(GONE)
        self._for_acts.judge(exchange)
        if exchange.body.strip():
            raise Malformed(OTHER_SHAPE)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to what changes a comment's list; nothing shows who is banned or reported."""
        return action in {ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE}

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return whether the lists show the action's effect.

        None where they are too long to say. A comment that stands in no list reads as deleted: by
        whom, YouTube does not tell.
        """
        if not self.can_read_back(action):
            return None
        return lookup.in_effect(self._for_acts, ref, action)

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return NOTES.get(action, "")

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; rejecting and banning are final."""
        return UNDO.get(action)

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about one comment, from what its reference holds alone."""
        return capability(self._channel_id, ref, action)

    def check(self) -> Checked:
        """Renew the access token, and ask whose channel it opens and what it may read there."""
        exchange = self._link.renew()
        judge_token(exchange)
        told = exchange.object()
        scopes = told.get("scope")
        name = self._own_name()
        is_ours = not isinstance(scopes, str) or SCOPE in scopes.split()
        missing = self._refused() if is_ours else (SCOPE,)
        return Checked(self._channel_id, name, _ends(told.get(EXPIRES_IN)), missing)

    def _own_name(self) -> str:
        """Return the channel's name. Raises Permanent when the access is another channel's."""
        pieces = self._lists.own_channel().pieces
        if not pieces:
            raise Permanent(NO_CHANNEL)
        ids = [word(piece, "id") for piece in pieces]
        if self._channel_id not in ids:
            raise Permanent(_other(pieces[0]))
        own = pieces[ids.index(self._channel_id)]
        return word(own, "snippet", "title") or self._channel_id

    def _refused(self) -> tuple[str, ...]:
        """Return what is missing to see the comments that only a channel's owner sees."""
        try:
            self._lists.threads(HELD)
        except PermissionMissing as err:
            return err.names
        return ()


def _other(piece: Slice) -> str:
    name = word(piece, "snippet", "title")
    return (
        f"This access belongs to another channel ({name}, {word(piece, 'id')}). Sign in to Google "
        "again and choose the channel that this account is about."
    )


def _ends(seconds: Any) -> datetime | None:
    whole = isinstance(seconds, int) and not isinstance(seconds, bool)
    if not whole or not 0 < seconds < 10**9:
        return None
    return utc_now() + timedelta(seconds=seconds)


def connect(settings: Mapping[str, Any], means: Means) -> YouTube:
    """Return the connector that an account's settings describe. Raises SettingsError."""
    channel_id = str(settings["channel_id"]).strip()
    if not _CHANNEL_ID.fullmatch(channel_id):
        raise SettingsError(
            "The setting channel_id must be the channel's id: 24 characters that begin with UC. "
            "YouTube Studio shows it under Settings, Channel, Advanced settings."
        )
    number(settings, "daily_units", UNITS_A_DAY, least=1.0)
    origins = {
        API: base_of(settings, API),
        SIGN_IN: base_of(settings, SIGN_IN, "token_url"),
    }
    link = Link(means, origins, limits_of(settings))
    return YouTube(channel_id, link, settle_s=number(settings, "settle_s", SETTLE_S))


KIND: Final = Kind(
    connect,
    platform="youtube",
    settings={
        "channel_id": Option("the channel's id, which begins with UC.", needed=True),
        "daily_units": Option("how many units of the quota this account may use in a day."),
        "token_url": Option("another address of Google's sign-in, for a stand-in."),
        **COMMON,
    },
    secrets={
        CLIENT_ID: Option("the client id of the Google Cloud project.", needed=True),
        CLIENT_SECRET: Option("the client secret that belongs to it.", needed=True),
        REFRESH_TOKEN: Option("the refresh token that the channel's owner gave.", needed=True),
    },
    permissions={SCOPE: "to read the channel's comments, and to hide or reject them."},
    tariff=Tariff("units", "daily_units", UNITS_A_DAY, pacific_day),
    page="youtube.md",
    media_hosts=(
        "ytimg.com",
        "yt3.ggpht.com",
        "yt3.googleusercontent.com",
        "lh3.googleusercontent.com",
    ),
)
