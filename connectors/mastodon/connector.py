"""Watches an account on a Mastodon instance: mentions, replies, quotes; reports and blocks.

Mastodon cannot hide or delete what others wrote. The platform's facts are from its documentation
(github.com/mastodon/documentation) for version 4.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
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
)
from connectors.inverse import INVERSE
from connectors.mastodon import reading
from connectors.mastodon.answers import lacking
from connectors.mastodon.calls import Calls, listed, thing
from connectors.mastodon.records import ID, as_held, author_held, comment_of, id_in, readable
from connectors.mastodon.words import NO_AUTHOR, NO_ID, OTHER_ACCOUNT, capability_of, note_on
from connectors.options import COMMON, limits_of, number
from connectors.reasons import Poison
from connectors.slices import OTHER_SHAPE
from connectors.wire import Wire, base_of
from moderation.errors import SettingsError
from moderation.model import ActionKind, Capability, Comment, ItemRef, Page

SETTLE_S: Final = 10.0
"""A block takes effect in the background once the call has returned; how late is unconfirmed."""

REREAD_EVERY_S: Final = 3600
ANSWER_BYTES: Final = 64_000_000
"""A whole thread comes in one answer: 4,096 posts of some 5 kB each, and some are longer."""

ADDRESS: Final = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
NO_ADDRESS: Final = (
    "The setting instance must be an address such as https://mastodon.example, with nothing behind "
    "the name."
)
NO_SUCH_AUTHOR: Final = "The instance no longer knows this author."

PERMISSIONS: Final = {
    "read:accounts": "to see which account this is.",
    "read:notifications": "to see mentions, replies and quotes.",
    "read:statuses": "to see what stands below the account's own posts.",
    "read:follows": "to see whether a block is in effect.",
    "write:reports": "to report a post to the moderators.",
    "write:blocks": "to block an author, and to lift a block.",
}


class MastodonAccount:
    """One account on one instance. account is its name there, empty where any is right."""

    platform = "mastodon"
    supports = frozenset({ActionKind.REPORT, ActionKind.BLOCK, ActionKind.UNBLOCK})
    feeds: tuple[Feed, ...] = (COMMENTS,)
    reread_every_s = REREAD_EVERY_S

    def __init__(self, calls: Calls, *, account: str = "", settle_s: float = SETTLE_S) -> None:
        self.settle_s = settle_s
        self._calls = calls
        self._account = account

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return one page of mentions and quotes."""
        return reading.poll(self._calls, cursor)

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return what stands below one post of ours."""
        return reading.reread(self._calls, cursor, since)

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one post as it stands now. Raises Gone when it is no longer shown to us."""
        exchange = self._calls.status(_known_id(ref))
        answer = exchange.json()
        try:
            status = answer.read()
            if id_in(status, "id") != ref.native_id:
                raise Malformed(OTHER_SHAPE)
            return comment_of(status, answer.raw, as_held(status, ref))
        except Poison as err:
            raise Permanent(str(err)) from None

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Report a post, or block its author. A report goes out once for each call."""
        author = author_held(ref)
        if action not in self.supports or not author:
            raise Permanent(self.capability(ref, action).says)
        if action is ActionKind.REPORT:
            thing(self._calls.report(author, _known_id(ref)))
        elif action is ActionKind.BLOCK:
            thing(self._calls.block(author))
        else:
            thing(self._calls.unblock(author))

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to a block and to its end: a report is never shown again."""
        return action in {ActionKind.BLOCK, ActionKind.UNBLOCK}

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return whether the author is blocked. Raises Gone when there is no such author."""
        if not self.can_read_back(action):
            return None
        author = author_held(ref)
        if not author:
            raise Permanent(NO_AUTHOR)
        found = readable(listed(self._calls.relationship(author)))
        if not found:
            raise Gone(NO_SUCH_AUTHOR)
        blocking = found[0].get("blocking")
        if id_in(found[0], "id") != author or not isinstance(blocking, bool):
            raise Malformed(OTHER_SHAPE)
        return blocking is (action is ActionKind.BLOCK)

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return note_on(action)

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; a report is final."""
        return INVERSE.get(action) if action in self.supports else None

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about one post."""
        return capability_of(ref, action, has_author=bool(author_held(ref)))

    def check(self) -> Checked:
        """Ask the instance who we are and what the access may do."""
        status = thing(self._calls.me())
        native_id, name = id_in(status, "id"), status.get("username")
        if not native_id or not isinstance(name, str) or not name:
            raise Malformed(OTHER_SHAPE)
        if self._account and name.casefold() != self._account.casefold():
            raise Permanent(OTHER_ACCOUNT.format(name, self._account))
        granted = thing(self._calls.application()).get("scopes")
        return Checked(native_id, name, missing=lacking(granted, PERMISSIONS))


def instance_of(settings: Mapping[str, Any]) -> str:
    """Return the instance's address. Raises SettingsError when it is none."""
    given = str(settings.get("instance") or "").strip().rstrip("/").lower()
    if not ADDRESS.fullmatch(given):
        raise SettingsError(NO_ADDRESS)
    return given


def connect(settings: Mapping[str, Any], means: Means) -> MastodonAccount:
    """Return the connector that an account's settings describe. Raises SettingsError."""
    instance = instance_of(settings)
    limits = replace(limits_of(settings), size=ANSWER_BYTES)
    wire = Wire({instance: base_of(settings, instance)}, limits, library="Mastodon.py")
    return MastodonAccount(
        Calls(instance, means.secrets.get("access_token"), wire),
        account=str(settings.get("account") or "").strip().removeprefix("@").split("@")[0],
        settle_s=number(settings, "settle_s", SETTLE_S),
    )


def _known_id(ref: ItemRef) -> str:
    if not ID.fullmatch(ref.native_id):
        raise Permanent(NO_ID)
    return ref.native_id


KIND: Final = Kind(
    connect,
    platform="mastodon",
    settings={
        **COMMON,
        "instance": Option(
            "the address of the instance, such as https://mastodon.example.", needed=True
        ),
        "account": Option("the account's name there; the access of another one is then refused."),
    },
    secrets={
        "access_token": Option(
            "the access token of an application made on the instance.", needed=True
        )
    },
    permissions=PERMISSIONS,
    page="mastodon.md",
    media_at=("instance",),
)
