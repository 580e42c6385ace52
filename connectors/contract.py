"""What every connector promises: pages without a gap, actions that may be repeated, honest reads.

ConnectorError
├── Transient            worth another try; from act() it means that the outcome is unknown
│   ├── Malformed        an answer that fits no shape
│   └── NotDone          nothing was done: the platform could not be reached
│       └── Throttled    refused for now: a rate limit
│           ├── QuotaSpent     an allowance is used up, the platform's or our own ceiling
│           └── WritesBlocked  the platform lets this account read, but not act
└── Permanent            not worth another try
    ├── Gone             the item no longer exists on the platform
    ├── PermissionMissing  the access lacks a permission that this needs
    └── AuthLost         the account's access has ended; a person has to renew it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from moderation.model import ActionKind, Capability, Comment, GoneBy, ItemRef, Page, Unreadable

USUAL_PAUSE_S: Final = 60.0  # Where the platform says nothing of when to try again.


class ConnectorError(Exception):
    """A platform did not do what was asked. The message never holds a token or an item's text."""


class Transient(ConnectorError):
    """Worth another try after retry_after seconds: a 5xx, or an answer that never came.

    Raised by act(), and not as one of the kinds below, it means that the outcome is unknown: read
    back before acting again. asked_for_s is how long the platform wants to be left alone, 0 where
    it did not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.asked_for_s = retry_after or 0.0
        self.retry_after = USUAL_PAUSE_S if retry_after is None else retry_after


class Malformed(Transient):
    """An answer that fits no shape: cut off, not JSON, or another thing than was asked for."""


class NotDone(Transient):
    """Nothing reached the platform, or it did nothing: the same may be asked again."""


class Throttled(NotDone):
    """Refused for now; waiting is no failure."""


class QuotaSpent(Throttled):
    """An allowance is used up: the platform's for the day, credits, or our own ceiling."""


class WritesBlocked(Throttled):
    """The platform punishes the account: it may read, but its actions are refused for a while."""


class Permanent(ConnectorError):
    """Not worth another try: the platform refused, and would refuse again."""


class Gone(Permanent):
    """The item no longer exists on the platform. by is whose deed that was, None if not told."""

    def __init__(self, message: str, *, by: GoneBy | None = None) -> None:
        super().__init__(message)
        self.by = by


class PermissionMissing(Permanent):
    """The access lacks a permission. names are the permissions as the platform calls them."""

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


class AuthLost(Permanent):
    """The platform no longer accepts this account's access."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One stream of an account that is polled on its own, with its own cursor.

    every_s is how many seconds lie between two polls; 0 means the account's own pace.
    """

    name: str
    every_s: int = 0


COMMENTS: Final = Feed("comments")
"""The feed that every connector has, and has first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a platform says of our access to an account.

    native_id and name are the account's own at the platform. expires_at is when the access ends by
    itself, None where it does not or where the platform does not say. missing names permissions
    that the access lacks, as the platform calls them.
    """

    native_id: str
    name: str
    expires_at: datetime | None = None
    missing: tuple[str, ...] = ()


class Secrets(Protocol):
    """An account's secrets, kept encrypted by whoever makes the connector."""

    def get(self, name: str) -> str:
        """Return a secret; empty when there is none."""

    def put(self, name: str, value: str) -> None:
        """Keep a secret that the platform renewed; it is durable when this returns."""


class Meter(Protocol):
    """Counts what calls cost against the account's ceiling for the running period."""

    def require(self, amount: float, *, act: bool = False) -> None:
        """Raise QuotaSpent when a call of that cost would pass the ceiling.

        A part of the ceiling is kept for actions: reading stops before acting has to.
        """

    def spend(self, amount: float) -> None:
        """Count a call that was made, whatever came of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """The period that a tariff counts over: its name, such as "2026-11", and its end in UTC."""

    key: str
    ends: datetime


@dataclass(frozen=True, slots=True)
class Tariff:
    """How a platform counts use: in what unit, up to which ceiling, over which period.

    ceiling is the default of the account's setting that overrides it. reserve is the share of the
    ceiling that only actions may use.
    """

    unit: str
    setting: str
    ceiling: float
    period: Callable[[datetime], Period]
    reserve: float = 0.2


@dataclass(frozen=True, slots=True)
class Means:
    """What a connector is given beside its settings.

    folder is for this account alone; it need not exist yet.
    """

    folder: Path
    secrets: Secrets
    meter: Meter


@dataclass(frozen=True, slots=True)
class Option:
    """One setting or secret of an account: a sentence on what it is, and whether it is needed."""

    says: str
    needed: bool = False


class Connector(Protocol):
    """One of the organisation's accounts on one platform.

    A connector never touches the record, and it is called outside every transaction. It may be
    called from several threads and from several processes at once. settle_s is how many seconds a
    platform's reads may lag behind its writes: a read-back sooner than that proves nothing.
    supports are the actions that the platform takes from us at all; capability() says what holds
    for one item. reread_every_s is the time between two rounds of re-reading, 0 where there is
    nothing to re-read.
    """

    platform: str
    settle_s: float
    supports: frozenset[ActionKind]
    feeds: tuple[Feed, ...]
    reread_every_s: int

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return a page of what came after cursor, its records oldest first; None starts afresh.

        The same cursor may be polled again after a crash: the answer may overlap what was given
        before, and never skips. A page with more=True is followed by the next at once; a cursor
        that makes no sense any more starts afresh. A record that cannot be read is Unreadable and
        does not keep its neighbours back. Raises Transient or Permanent.
        """

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return a page of a round over everything below the posts made since then.

        None starts a round; a page with more=False ends it. Page.whole names the posts whose
        comments have been shown completely; where a round goes by the age of threads, its last page
        says with Page.shown_since that all of them have been. It finds edits, deletions and what
        polling missed. Raises Transient or Permanent.
        """

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one comment as it stands now, for a capture.

        Raises Gone when it no longer exists, Transient, or Permanent when it cannot be fetched.
        """

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out one action; for all but a report, doing it twice equals doing it once.

        Raises Permanent when the platform refuses it, or when it is not in supports; NotDone when
        nothing was done for now; another Transient when the outcome is unknown; Gone.
        """

    def can_read_back(self, action: ActionKind) -> bool:
        """Say whether the platform lets us see that the action is in effect."""

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return True when the action is in effect, False when not, None when it cannot be read.

        A comment that this account deleted reads True for a deletion. Raises Gone when the item
        went another way, Transient, Permanent.
        """

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button; empty when nothing."""

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back, or None where there is none."""

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about this item, from what ref holds alone: nothing is asked."""

    def check(self) -> Checked:
        """Ask the platform who we are there and what we may do.

        Raises AuthLost when the access has ended, Transient, or Permanent with a sentence that says
        what to do when the access is another account's.
        """


@dataclass(frozen=True, slots=True)
class Delivered:
    """One change that a platform pushed to us: whose account it concerns, and what it tells.

    A record with change DELETED tells that an item is gone. account_id is the account's native id.
    """

    account_id: str
    record: Comment | Unreadable


Connect = Callable[[Mapping[str, Any], Means], Connector]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of connector: how it is made, and what a person has to bring.

    permissions maps each permission, as the platform calls it, to what it is for. page is the
    document that says how to set the account up at the platform, below docs/platforms. media_hosts
    are the hosts that its pictures and videos come from, each with all below it; media_at names
    settings that hold an address on another one. deliveries reads a body that the platform pushed,
    oldest change first, and never raises.
    """

    connect: Connect
    platform: str = ""
    settings: Mapping[str, Option] = field(default_factory=dict)
    secrets: Mapping[str, Option] = field(default_factory=dict)
    permissions: Mapping[str, str] = field(default_factory=dict)
    tariff: Tariff | None = None
    page: str = ""
    media_hosts: tuple[str, ...] = ()
    media_at: tuple[str, ...] = ()
    deliveries: Callable[[bytes], tuple[Delivered, ...]] | None = None
