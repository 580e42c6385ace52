"""A Page whose hides are carried out by workers that are killed, and what became of each hide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from moderation.lifecycle import ActionState
from moderation.tables import (
    ActionAttemptRow,
    AttemptOutcome,
    ItemRow,
    Lane,
    PlatformActionRow,
)
from tests.faults.abused_page import AbusedPage, Insulted
from tests.faults.crew import Crew
from tests.faults.plant import RealShop
from tests.standins.base import Entry
from tests.standins.faults import HANGS, patience
from tests.standins.graph import FacebookStandIn
from tests.world import World
from worker.runner import Runner

# The record keeps milliseconds.
MS = timedelta(milliseconds=1)
BEFORE_A_PERSON = (ActionState.NEEDS_PERSON, ActionState.REFUSED)


class HidingPage(AbusedPage):
    """The Page by the real clock, with worker processes of the act lane."""

    def __init__(
        self, world: World, folder: Path, server: FacebookStandIn, *, settle_s: float
    ) -> None:
        super().__init__(world, folder, server, settle_s=0.0)
        self.crew = Crew(Lane.ACT, self.settings, self.store, folder)
        self.shop = RealShop(self.settings, self.store)
        self.shop.detectors = [Insulted()]
        self.runner = Runner(self.shop, "test")
        self.connect(settle_s=settle_s, **patience(*HANGS))

    def hides(self) -> list[Hide]:
        """Return what became of every hide that was asked for."""
        seen = _by_comment(self.platform.journal)
        with self.store.reading() as session:
            attempts: dict[int, list[ActionAttemptRow]] = defaultdict(list)
            for attempt in session.scalars(select(ActionAttemptRow).order_by(ActionAttemptRow.n)):
                attempts[attempt.action_id].append(attempt)
            rows = session.execute(
                select(PlatformActionRow, ItemRow.native_id)
                .join(ItemRow, ItemRow.id == PlatformActionRow.item_id)
                .order_by(PlatformActionRow.id)
            ).all()
            return [
                Hide(
                    action,
                    tuple(attempts[action.id]),
                    tuple(seen["POST", native_id]),
                    tuple(seen["GET", native_id]),
                    on_platform=self.platform.is_hidden(native_id),
                )
                for action, native_id in rows
            ]


def _by_comment(journal: Sequence[Entry]) -> dict[tuple[str, str], list[datetime]]:
    """Return when each comment was written to and looked at, by method and native id."""
    seen: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for entry in sorted(journal, key=lambda entry: entry.at):
        seen[entry.method, entry.path.rpartition("/")[2]].append(entry.at)
    return seen


@dataclass(frozen=True)
class Hide:
    """One hide: its row and attempts, and when the platform was asked for it and looked at.

    on_platform says whether the public no longer sees the comment.
    """

    action: PlatformActionRow
    attempts: tuple[ActionAttemptRow, ...]
    posts: tuple[datetime, ...]
    looks: tuple[datetime, ...]
    on_platform: bool

    @property
    def is_accounted_for(self) -> bool:
        """Say whether it is done, or stands before a person with a sentence."""
        if self.action.state in BEFORE_A_PERSON:
            return bool(self.action.says)
        return self.action.state is ActionState.VERIFIED and self.on_platform

    @property
    def was_made_twice(self) -> bool:
        """Say whether it reached the platform again: no fault of this one leaves it undone."""
        return len(self.posts) > 1

    @property
    def story(self) -> str:
        """Return what was begun, sent and seen, in its order, for whoever reads a failure."""
        told = [(attempt.at, f"begun, ends {attempt.outcome.value}") for attempt in self.attempts]
        told += [(at, "reached the platform") for at in self.posts]
        told += [(at, "looked at") for at in self.looks]
        first = min(at for at, _ in told)
        lines = [f"{(at - first).total_seconds():.3f} s {what}" for at, what in sorted(told)]
        return f"hide {self.action.id}: " + ", ".join(lines)

    @property
    def is_in_the_record(self) -> bool:
        """Say whether each call that reached the platform had been written down before."""
        begun = [attempt.at for attempt in self.attempts]
        return all(
            sum(at <= post + MS for at in begun) >= number
            for number, post in enumerate(self.posts, start=1)
        )

    @property
    def cut_off(self) -> int:
        """Return how many attempts were under way when their worker was killed."""
        return sum(attempt.outcome is AttemptOutcome.PENDING for attempt in self.attempts)

    def was_seen_before_verified(self, lag_s: float) -> bool:
        """Say whether a look that could see it came before it was called verified."""
        at = self.action.verified_at
        if at is None or not self.posts:
            return self.action.state is not ActionState.VERIFIED
        shown = self.posts[0] + timedelta(seconds=lag_s)
        return any(shown <= look <= at + MS for look in self.looks)
