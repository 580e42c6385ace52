"""Watches one Bluesky account: answers, mentions and quotes; hides, reports and blocks.

Settings: handle (needed), service, appview, labeler, report_as. The secret is an app password; the
session made with it is kept beside it. docs/platforms/bluesky.md says how an account is set up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from connectors.bluesky import polling, rereading, saying
from connectors.bluesky.access import SESSION, Access
from connectors.bluesky.acting import REASON_TYPES, Deeds
from connectors.bluesky.finding import find
from connectors.bluesky.judging import CLOSED
from connectors.bluesky.reading import comment_of
from connectors.contract import (
    COMMENTS,
    AuthLost,
    Checked,
    Feed,
    Kind,
    Means,
    Option,
    Permanent,
    Transient,
)
from connectors.inverse import INVERSE
from connectors.options import COMMON, number
from connectors.reasons import Poison
from moderation.errors import SettingsError
from moderation.model import ActionKind, Capability, Comment, ItemRef, Page

# Unconfirmed: the DID of Bluesky's own moderation service.
LABELER: Final = "did:plc:ar7c4by46qjdydhdevvrndac"
# Twice the longest of 30 hides that tests/bluesky_real measured (0.51 s), rounded up.
SETTLE_S: Final = 2.0
REREAD_EVERY_S: Final = 900
REPORT_AS: Final = "rude"

ANOTHER: Final = (
    "This access belongs to another account ({}). If your account was renamed, enter its new "
    "handle; otherwise enter an app password of the account that is to be watched."
)
UNREADABLE: Final = "The post cannot be read as it stands now ({})"
UNCLEAR: Final = "Bluesky did not say whose access this is."


class Bluesky:
    """One account on Bluesky, or on any other server of the same network."""

    platform = "bluesky"
    feeds: tuple[Feed, ...] = (COMMENTS, polling.SEARCH)
    reread_every_s = REREAD_EVERY_S

    def __init__(self, access: Access, deeds: Deeds, settle_s: float) -> None:
        self.settle_s = settle_s
        self.supports = deeds.supports
        self._access = access
        self._deeds = deeds

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return a page of what is new; one request where nothing is."""
        return polling.poll(self._access, feed, cursor)

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return a page of a round over the account's own posts and all below them."""
        return rereading.reread(self._access, cursor, since)

    def fetch(self, ref: ItemRef) -> Comment:
        """Return a post as it stands now. Raises Gone, which says who removed it."""
        piece = find(self._access, ref.native_id)
        try:
            return comment_of(piece.read(), piece.raw, self._access.did())
        except Poison as err:
            raise Permanent(UNREADABLE.format(err)) from None

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out an action; of a report there would be two if it were done twice."""
        self._deeds.act(ref, action)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to all but a report, of which nothing is shown."""
        return action in self.supports - {ActionKind.REPORT}

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Say whether an action is in effect for the public."""
        return self._deeds.read_back(ref, action)

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return saying.NOTES.get(action, "")

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; a report is final."""
        return INVERSE.get(action)

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about one item."""
        return saying.capability(ref, action)

    def check(self) -> Checked:
        """Ask the server whose session this is. Raises Permanent when it is another account's."""
        exchange = self._access.query("com.atproto.server.getSession")
        exchange.json()
        told = exchange.object()
        did, handle = told.get("did"), told.get("handle")
        if not isinstance(did, str) or not isinstance(handle, str):
            raise Transient(UNCLEAR)
        if self._access.handle not in {did.lower(), handle.lower()}:
            raise Permanent(ANOTHER.format(f"@{handle}"))
        if told.get("active") is False:
            raise AuthLost(CLOSED)
        return Checked(did, handle)


def connect(settings: Mapping[str, Any], means: Means) -> Bluesky:
    """Return the connector that an account's settings describe. Raises SettingsError."""
    labeler = str(settings.get("labeler") or LABELER).strip()
    if not re.fullmatch(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.%-]{4,100})", labeler, re.ASCII):
        raise SettingsError("The setting labeler must be a DID, such as did:plc:….")
    report_as = str(settings.get("report_as") or REPORT_AS).strip()
    if report_as not in REASON_TYPES:
        raise SettingsError(f"The setting report_as must be one of {', '.join(REASON_TYPES)}.")
    access = Access(settings, means.secrets)
    return Bluesky(
        access,
        Deeds(access, labeler, report_as),
        number(settings, "settle_s", SETTLE_S),
    )


KIND: Final = Kind(
    connect,
    platform="bluesky",
    settings={
        **COMMON,
        "handle": Option("the account's handle, such as name.bsky.social.", needed=True),
        "service": Option("the server that holds the account; https://bsky.social if not given."),
        "appview": Option("where the public reads; https://public.api.bsky.app if not given."),
        "labeler": Option("the DID of who receives reports; Bluesky's moderators if not given."),
        "report_as": Option(f"what reports call it: {', '.join(REASON_TYPES)}; rude if not given."),
    },
    secrets={
        "app_password": Option("an app password of the account, not its main one.", needed=True),
        SESSION: Option("what the server gave for the app password; kept by Watchroom itself."),
    },
    page="bluesky.md",
    media_hosts=("cdn.bsky.app", "video.bsky.app", "video.cdn.bsky.app"),
)
