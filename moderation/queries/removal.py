"""Who took an item down: we, the author or the platform, as far as anybody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from moderation.actions import IN_EFFECT, INVERSE
from moderation.model import ActionKind, GoneBy, Standing
from moderation.tables import ActionOnCaptureRow, ItemRow, PlatformActionRow


class Remover(StrEnum):
    """Whose deed it was that the public no longer sees an item."""

    US = "us"
    US_BY_HAND = "us_by_hand"
    AUTHOR = "author"
    PLATFORM = "platform"
    NOT_KNOWN = "not_known"


_BY: Final = {
    GoneBy.AUTHOR.value: Remover.AUTHOR,
    GoneBy.PLATFORM.value: Remover.PLATFORM,
}


@dataclass(frozen=True, slots=True)
class Removal:
    """That an item is gone, or hidden while it still stands there, and who did that.

    user_id is the colleague, where it was one. reported_at is when our report was taken by the
    platform before the item went: then the platform may have acted on it, which nobody tells us.
    """

    who: Remover
    gone: bool
    at: datetime | None = None
    user_id: int | None = None
    reported_at: datetime | None = None


def removal(
    item: ItemRow, actions: Sequence[PlatformActionRow], asked: Sequence[ActionOnCaptureRow]
) -> Removal | None:
    """Return how an item went, or None while the public sees it or nobody says otherwise."""
    if item.gone_at is not None:
        return _gone(item, item.gone_at, actions, asked)
    if item.standing is Standing.HELD:
        return Removal(Remover.PLATFORM, gone=False)
    if item.standing is Standing.HIDDEN:
        return _ours(ActionKind.HIDE, actions, asked, gone=False) or Removal(
            Remover.NOT_KNOWN, gone=False
        )
    return None


def _gone(
    item: ItemRow,
    at: datetime,
    actions: Sequence[PlatformActionRow],
    asked: Sequence[ActionOnCaptureRow],
) -> Removal:
    remover = user_of(item.gone_by)
    if remover is not None:
        return Removal(Remover.US, gone=True, at=at, user_id=remover)
    ours = _ours(ActionKind.DELETE, actions, asked, gone=True, at=at)
    if ours is not None:
        return ours
    reports = [
        row.verified_at or row.first_sent_at
        for row in actions
        if row.kind is ActionKind.REPORT and row.state in IN_EFFECT
    ]
    before = [when for when in reports if when is not None and when <= at]
    reported = before[-1] if before else None
    return Removal(_BY.get(item.gone_by or "", Remover.NOT_KNOWN), True, at, reported_at=reported)


def _ours(
    kind: ActionKind,
    actions: Sequence[PlatformActionRow],
    asked: Sequence[ActionOnCaptureRow],
    *,
    gone: bool,
    at: datetime | None = None,
) -> Removal | None:
    """Return the latest deed of ours that explains it, if there is one."""
    for row in reversed(actions):
        if row.kind is INVERSE.get(kind) and row.state in IN_EFFECT:
            return None
        if row.kind is kind and row.state in IN_EFFECT:
            who = Remover.US if row.done_by is None else Remover.US_BY_HAND
            person = row.requested_by if row.done_by is None else row.done_by
            return Removal(who, gone, at or row.verified_at, person)
    for wish in reversed(asked):
        if wish.kind is kind and wish.done_by is not None:
            return Removal(Remover.US_BY_HAND, gone, at or wish.settled_at, wish.done_by)
    return None


def user_of(ref: str | None) -> int | None:
    """Return the id in "user:12"; None for nobody and for anything else."""
    number = (ref or "").removeprefix("user:")
    return int(number) if ref != number and number.isdigit() else None
