"""The connector of an account that is filled by file import alone: nothing to poll or to act on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from connectors.contract import COMMENTS, Checked, Feed, Kind, Means, Option, Permanent
from moderation.model import ActionKind, Capability, Comment, How, ItemRef, Page

BY_HAND: Final = (
    "This account is filled from files, so Watchroom cannot reach its platform. "
    "Do it there by hand, then record that it is done."
)


class Imported:
    """An account whose comments come in by `watchroom import`."""

    settle_s = 0.0
    supports: frozenset[ActionKind] = frozenset()
    feeds: tuple[Feed, ...] = (COMMENTS,)
    reread_every_s = 0

    def __init__(self, platform: str) -> None:
        self.platform = platform

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return an empty page: files are taken in when somebody imports them."""
        return Page((), cursor or "", b"")

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return an empty page: there is nothing behind a file to read again."""
        return Page((), "", b"")

    def fetch(self, ref: ItemRef) -> Comment:
        """Raise Permanent: the bytes that were imported are the record."""
        raise Permanent("An imported comment cannot be fetched again; what was imported is kept.")

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Raise Permanent: a person acts on the platform."""
        raise Permanent(BY_HAND)

    def can_read_back(self, action: ActionKind) -> bool:
        """Return False: the platform is out of reach."""
        return False

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return None: the platform is out of reach."""
        return None

    def note(self, action: ActionKind) -> str:
        """Return how to go about it by hand."""
        return BY_HAND

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return None: what a person did by hand, a person takes back by hand."""
        return None

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say that a person does it on the platform, at the item's own address if there is one."""
        return Capability(How.BY_HAND, BY_HAND, link=ref.url)

    def check(self) -> Checked:
        """Return nothing but the platform's name: no access is needed."""
        return Checked("", self.platform)


def connect(settings: Mapping[str, Any], means: Means) -> Imported:
    """Return the connector; settings may name the platform that the files come from."""
    return Imported(str(settings.get("platform", "import")))


KIND: Final = Kind(connect, settings={"platform": Option("the platform that the files come from.")})
