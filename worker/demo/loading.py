"""Loads the demo by living through it: the clock is moved over three weeks, and every part works.

Nothing is written past the ordinary doors: comments come in by the replay connector, are read by
the detectors and decided by the invented staff, so that what the pages show is what the product does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import accounts, actions, directory, jobs, people, review, staffing
from moderation.access import Actor, Role
from moderation.cases.opening import Opening, open_case
from moderation.lifecycle import ItemState
from moderation.model import ActionKind
from moderation.review import Finding
from moderation.tables import (
    AccountRow,
    DecisionOutcome,
    ItemRow,
    Lane,
    OrganisationRow,
    UserRow,
)
from moderation.taxonomy import Abuse, NotAbuse, Severity, TargetType
from moderation.when import london
from worker.demo import material
from worker.demo.material import Line
from worker.runner import Runner
from worker.ticker import DUTIES, Ticker
from worker.workshop import Workshop

STEP: Final = timedelta(hours=3)
# Comments of the last hours are kept back, to arrive while somebody is watching.
LIVE: Final = 12
Say = Callable[[str], None]


class PastShop(Workshop):
    """A workshop whose clock stands where the story is."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment of the story."""
        return self.at


def may_load(shop: Workshop) -> bool:
    """Say whether the store is empty: demo data never joins anybody's own."""
    with shop.store.reading() as session:
        return session.scalar(select(OrganisationRow.id).limit(1)) is None


def load(shop: Workshop, *, say: Say) -> None:
    """Make the invented organisation and live through its three weeks."""
    say("Loading the demo: an invented fire and rescue service. This takes a few seconds.")
    now = shop.now()
    today = london(now).date()
    lines = list(material.feed(today))
    past = PastShop(shop.settings, shop.store)
    past.at = min(line.at for line in lines) - STEP
    feeds = _set_up(past)
    story = _Story(past, today, feeds, lines[:-LIVE])
    story.live(until=now)
    _keep_live(shop.settings.data_dir, lines[-LIVE:])
    say(f"Loaded {len(lines) - LIVE} lines; {LIVE} more arrive while you watch.")


def feed_path(data_dir: Path, key: str) -> Path:
    """Return the file that stands for one demo account's platform."""
    return data_dir / "demo" / f"{key}.jsonl"


def live_path(data_dir: Path) -> Path:
    """Return the file of comments that are still to arrive."""
    return data_dir / "demo" / "live.jsonl"


def append(path: Path, record: dict[str, Any]) -> None:
    """Add one line to a feed, as a platform would show one more comment."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _keep_live(data_dir: Path, lines: Iterable[Line]) -> None:
    for line in lines:
        append(live_path(data_dir), {"account": line.account, "record": line.record})


def _set_up(shop: PastShop) -> dict[str, Path]:
    """Make organisation, people, staff directory and accounts; return each account's feed."""
    folder = shop.settings.data_dir / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    feeds = {}
    with shop.store.transaction() as session:
        session.add(
            OrganisationRow(id=material.ORG, name=material.NAME, demo=True, created_at=shop.at)
        )
        session.flush()
        operator = Actor("demo", material.ORG, Role.ADMINISTRATOR)
        for role, name, full_name in material.PEOPLE:
            new = people.NewUser(material.email(name), full_name, role, material.PASSWORD)
            people.add(session, new, actor=operator, now=shop.at)
        staff = directory.load(material.HERE / "staff.csv")
        staffing.replace(session, staff, actor=operator, now=shop.at)
        for account in material.accounts():
            key = account["key"]
            feeds[key] = feed_path(shop.settings.data_dir, key)
            feeds[key].touch()
            accounts.add(
                session,
                accounts.NewAccount(
                    key=key,
                    platform=account["platform"],
                    name=account["name"],
                    connector="replay",
                    settings={"path": str(feeds[key]), "platform": account["platform"]},
                    poll_every_s=15,
                ),
                actor=operator,
                now=shop.at,
            )
    return feeds


class _Story:
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
            self._poll({line.account for line in due})
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
        while sum(self._runner.run_next(lane) for lane in Lane):
            pass

    def _decide(self) -> None:
        """Let the staff decide what they would have reached by now."""
        due = [entry for entry in self._decisions if entry["at"] <= self._shop.at]
        self._decisions = [entry for entry in self._decisions if entry["at"] > self._shop.at]
        for entry in due:
            with self._shop.store.transaction() as session:
                self._apply(session, entry)
            self._settle()

    def _settle(self) -> None:
        """Send what was decided, wait as long as a read-back needs, and read back."""
        self._work()
        self._shop.at += timedelta(seconds=self._shop.settings.settle_s + 1)
        self._work()

    def _apply(self, session: Session, entry: dict[str, Any]) -> None:
        item = session.scalars(select(ItemRow).where(ItemRow.native_id == entry["id"])).one()
        if item.state is not ItemState.REVIEW:
            return
        at = self._shop.at
        moderator, lead = self._people[Role.COMMS_MODERATOR], self._people[Role.COMMS_LEAD]
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
        for kind in entry.get("then", ()):
            if kind == "case":
                opening = Opening(reason=entry["reason"])
                form_id = f"demo-case-{entry['id']}"
                hr_lead = self._people[Role.HR_LEAD]
                open_case(session, item.id, opening, form_id=form_id, actor=hr_lead, now=at)
                continue
            actions.request(
                session,
                item.id,
                ActionKind(kind),
                reason=entry["reason"],
                form_id=f"demo-{kind}-{entry['id']}",
                actor=lead if kind == "delete" else moderator,
                now=at,
            )
        if entry["outcome"] == "abuse" and "case" not in entry["then"]:
            review.dismiss(
                session,
                item.id,
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
