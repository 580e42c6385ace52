"""What every connector promises: pages without a gap, actions that may be repeated, honest reads.

ConnectorError
├── Transient    worth another try
└── Permanent    not worth another try
    ├── Gone         the item no longer exists on the platform
    └── AuthLost     the account's access has ended; a person has to renew it
"""

from __future__ import annotations

from typing import Final, Protocol

from moderation.model import ActionKind, Comment, ItemRef, Page

INVERSE: Final[dict[ActionKind, ActionKind]] = {
    ActionKind.HIDE: ActionKind.UNHIDE,
    ActionKind.UNHIDE: ActionKind.HIDE,
    ActionKind.BLOCK: ActionKind.UNBLOCK,
    ActionKind.UNBLOCK: ActionKind.BLOCK,
}
"""Actions that another action takes back, where a platform supports both."""


class ConnectorError(Exception):
    """A platform did not do what was asked. The message never holds a token or an item's text."""


class Transient(ConnectorError):
    """Worth another try after retry_after seconds: a 5xx, a rate limit, an answer that never came.

    Raised by act() it means that the outcome is unknown: read back before acting again.
    """

    def __init__(self, message: str, *, retry_after: float = 60.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Permanent(ConnectorError):
    """Not worth another try: the platform refused, and would refuse again."""


class Gone(Permanent):
    """The item no longer exists on the platform."""


class AuthLost(Permanent):
    """The platform no longer accepts this account's access."""


class Connector(Protocol):
    """One of the organisation's accounts on one platform.

    A connector never touches the record, and it is called outside every transaction. It may be
    called from several threads and from several processes at once. settle_s is how many seconds a
    platform's reads may lag behind its writes: a read-back sooner than that proves nothing.
    """

    platform: str
    settle_s: float
    supports: frozenset[ActionKind]

    def poll(self, cursor: str | None) -> Page:
        """Return what came after cursor, oldest first; None starts at the beginning.

        The same cursor may be polled again after a crash: the answer may overlap what was given
        before, and never skips. A page without records means that nothing is new. A record that
        cannot be read is Unreadable and does not keep its neighbours back. Raises Transient or
        Permanent.
        """

    def fetch(self, ref: ItemRef) -> Comment:
        """Return one comment as it stands now, for a capture.

        Raises Gone when it no longer exists, Transient, or Permanent when it cannot be fetched.
        """

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out one action; for all but a report, doing it twice equals doing it once.

        Raises Permanent when the platform refuses it, or when it is not in supports; Transient when
        the outcome is unknown; Gone.
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
