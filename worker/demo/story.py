"""Lives through the demo's three weeks: the clock moves, comments arrive, the staff decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import (
    actions,
    jobs,
    review,
)
from moderation.access import Actor, Role
from moderation.cases.opening import Opening, open_case
from moderation.lifecycle import ItemState
from moderation.model import ActionKind
from moderation.review import Finding
from moderation.scope import see_item
from moderation.store import Store
from moderation.tables import (
    AccountRow,
    DecisionOutcome,
    ItemRow,
    UserRow,
)
from moderation.taxonomy import Abuse, NotAbuse, Severity, TargetType
from worker.demo import material
from worker.demo.feeds import append
from worker.demo.material import Line
from worker.runner import Runner
from worker.ticker import DUTIES, Ticker
from worker.workshop import Workshop

STEP: Final = timedelta(hours=3)


class PastShop(Workshop):
    """A workshop whose clock stands where the story is.

    Its store does not wait for the disk: what a power cut would undo is made again.
    """

    def __init__(self, shop: Workshop, at: datetime) -> None:
        super().__init__(shop.settings, Store.open(shop.settings.database_url, durable=False))
        self.detection = shop.detection
        self.at = at

    def now(self) -> datetime:
        """Return the moment of the story."""
        return self.at


class Story:
    """Moves the clock from step to step, lets the feed grow, and has the staff decide."""

    def __init__(
        self, shop: PastShop, today: date, feeds: dict[str, Path], lines: list[Line]
    ) -> None:
        self._shop = shop
        self._feeds = feeds
        self._lines = lines
        self._runner = Runner(shop, "demo")
        self._ticker = Ticker(shop, tuple(duty for duty in DUTIES if duty.name == "summaries"))
        self._people = self._actors()
        self._decisions = self._due_decisions(today)
        self._accounts = self._account_ids()

    def live(self, until: datetime) -> None:
        """Go through the story in steps and end at the present."""
        lines = self._lines
        while lines:
            self._shop.at += STEP
            due = [line for line in lines if line.at <= self._shop.at]
            lines = lines[len(due) :]
            for line in due:
                append(self._feeds[line.account], line.record)
            every = self._feeds if self._shop.at.hour % 12 < 3 else ()
            self._poll({*every, *(line.account for line in due)})
            self._decide()
            self._ticker.tick()
            self._work()
        self._shop.at = until
        self._ticker.tick()
        self._work()

    def _poll(self, keys: Iterable[str]) -> None:
        at = self._shop.at
        with self._shop.store.transaction() as session:
            for key in sorted(keys):
                ref = str(self._accounts[key])
                jobs.promise(session, "poll", ref, f"poll:{ref}:demo:{at.isoformat()}", at=at)
        self._work()

    def _work(self) -> None:
        """Run every lane until nothing is due; a settle window is passed over by the clock."""
        while (job_id := self._first_due()) is not None:
            self._runner.run(job_id)

    def _first_due(self) -> int | None:
        with self._shop.store.reading() as session:
            return jobs.first_due(session, now=self._shop.at)

    def _decide(self) -> None:
        """Let the staff decide what they would have reached by now."""
        due = [entry for entry in self._decisions if entry["at"] <= self._shop.at]
        self._decisions = [entry for entry in self._decisions if entry["at"] > self._shop.at]
        for entry in due:
            with self._shop.store.transaction() as session:
                item_id = self._find(session, entry)
            if item_id is None:
                continue
            # What no model could read has no evidence by itself: a person asks for it.
            self._work()
            with self._shop.store.transaction() as session:
                self._follow_up(session, item_id, entry)
            self._settle()

    def _settle(self) -> None:
        """Send what was decided, wait as long as a read-back needs, and read back."""
        self._work()
        self._shop.at += timedelta(seconds=self._shop.settings.settle_s + 1)
        self._work()

    def _find(self, session: Session, entry: dict[str, Any]) -> int | None:
        """Let the moderator look and decide; None when the item does not wait."""
        item = session.scalars(select(ItemRow).where(ItemRow.native_id == entry["id"])).one()
        if item.state is not ItemState.REVIEW:
            return None
        at, moderator = self._shop.at, self._people[Role.COMMS_MODERATOR]
        review.look(session, item.id, actor=moderator, now=at)
        review.decide(
            session,
            item.id,
            _finding(entry),
            revision=item.revision,
            form_id=f"demo-{entry['id']}",
            actor=moderator,
            now=at,
        )
        if entry["outcome"] != "abuse":
            return None
        review.want_capture(session, item.id, actor=moderator, now=at)
        return item.id

    def _follow_up(self, session: Session, item_id: int, entry: dict[str, Any]) -> None:
        """Do what the decision calls for, and close what is finished with."""
        at, reason = self._shop.at, entry["reason"]
        moderator, lead = self._people[Role.COMMS_MODERATOR], self._people[Role.COMMS_LEAD]
        for kind in entry["then"]:
            form_id = f"demo-{kind}-{entry['id']}"
            if kind == "case":
                hr_lead = self._people[Role.HR_LEAD]
                opening = Opening(reason=reason)
                open_case(session, item_id, opening, form_id=form_id, actor=hr_lead, now=at)
                continue
            actions.request(
                session,
                item_id,
                ActionKind(kind),
                reason=reason,
                form_id=form_id,
                actor=lead if kind == "delete" else moderator,
                now=at,
            )
        if "case" not in entry["then"]:
            item = see_item(session, moderator, item_id)
            review.dismiss(
                session,
                item_id,
                reason="Everything that can be done has been done.",
                revision=item.revision,
                actor=moderator,
                now=at,
            )

    def _actors(self) -> dict[Role, Actor]:
        with self._shop.store.reading() as session:
            rows = session.scalars(select(UserRow)).all()
        return {row.role: Actor(row.name, row.org_id, row.role, row.id) for row in rows}

    def _account_ids(self) -> dict[str, int]:
        with self._shop.store.reading() as session:
            return {
                row.key: row.id for row in session.execute(select(AccountRow.key, AccountRow.id))
            }

    def _due_decisions(self, today: date) -> list[dict[str, Any]]:
        times = {line.record["id"]: line.at for line in reversed(self._lines)}
        decided = [entry for entry in material.read("decisions.jsonl") if entry["id"] in times]
        for entry in decided:
            entry["at"] = times[entry["id"]] + timedelta(hours=entry["hours_later"])
        return sorted(decided, key=lambda entry: entry["at"])


def _finding(entry: dict[str, Any]) -> Finding:
    if entry["outcome"] == "not_abuse":
        return Finding(
            DecisionOutcome.NOT_ABUSE, entry["reason"], not_abuse=NotAbuse(entry["not_abuse"])
        )
    return Finding(
        DecisionOutcome.ABUSE,
        entry["reason"],
        category=Abuse(entry["category"]),
        severity=Severity(entry["severity"]),
        target_type=TargetType(entry["target_type"]),
        target_staff_id=entry["target_staff_id"],
    )
