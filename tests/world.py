"""A small invented world for tests: two organisations, a person per role, and ways to fill it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import ingest, triage
from moderation.access import Actor, Role, system
from moderation.evidence import capture
from moderation.evidence.sealing import Sealed
from moderation.model import Author, Change, Comment, Page, Post, Signal, Unreadable
from moderation.policy import Policy
from moderation.proposing import Likelihood, Outcome, Proposal
from moderation.store import Store
from moderation.tables import (
    AccountRow,
    AccountStatus,
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    OrganisationRow,
    StaffRow,
    UserRow,
)
from moderation.targets import Target
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
ORG = "northmoor"
OTHER_ORG = "southmoor"
POLICY = Policy.load()
REASON = "An insult aimed at a firefighter, against rule 2 of the page."


def comment(native_id: str, text: str = "Nice one", **more: Any) -> Comment:
    """Return one comment whose raw bytes are its own JSON."""
    author = more.pop("author", Author(f"a-{native_id}", f"@{native_id}"))
    raw = json.dumps({"id": native_id, "text": text}).encode()
    return Comment(native_id=native_id, text=text, raw=raw, author=author, **more)


def page(*records: Comment | Unreadable, cursor: str = "1") -> Page:
    """Return one page of these records."""
    return Page(records=records, cursor=cursor, raw=b"\n".join(record.raw for record in records))


def proposal(
    category: Abuse | None = Abuse.PERSONAL_ABUSE,
    *,
    outcome: Outcome = Outcome.FLAG,
    severity: Severity = Severity.S2,
    target: Target | None = None,
    check_first: tuple[CheckFirst, ...] = (),
    not_abuse: NotAbuse | None = None,
) -> Proposal:
    """Return a proposal as the policy would make it."""
    return Proposal(
        outcome=outcome,
        category=category,
        categories=(category,) if category else (),
        not_abuse=not_abuse,
        severity=severity,
        target=target or Target(TargetType.NAMED_STAFF, staff_id="NM-1", why="It names her."),
        check_first=check_first,
        reasons=("The model finds this likely an insult.",),
        likelihood=Likelihood.LIKELY,
        policy_revision=POLICY.revision,
    )


CLEAR = proposal(
    None,
    outcome=Outcome.CLEAR,
    severity=Severity.S0,
    target=Target(TargetType.NONE),
    not_abuse=NotAbuse.NEUTRAL,
)
UNSCORED = proposal(
    None, outcome=Outcome.UNSCORED, severity=Severity.S0, target=Target(TargetType.NONE)
)
SIGNAL = Signal("test@1", scores={"toxicity": 0.5, "insult": 0.5})


@dataclass
class World:
    """The rows that tests start from, and short ways to make more."""

    store: Store
    users: dict[tuple[str, Role], UserRow] = field(default_factory=dict)
    accounts: dict[str, AccountRow] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    def actor(self, role: Role, org_id: str = ORG) -> Actor:
        """Return the person of that role, as signed in."""
        row = self.users[org_id, role]
        return Actor(row.name, row.org_id, row.role, row.id)

    def add_user(self, session: Session, role: Role, org_id: str = ORG, name: str = "") -> UserRow:
        """Add one more person of a role."""
        n = next(self._numbers)
        row = UserRow(
            org_id=org_id,
            email=f"{role.value}.{n}@{org_id}.example",
            name=name or f"{role.value} {n}",
            role=role,
            password_hash="unusable",
            created_at=NOW,
        )
        session.add(row)
        session.flush()
        return row

    def ingest(
        self,
        session: Session,
        *records: Comment | Unreadable,
        org_id: str = ORG,
        now: datetime = NOW,
        feed: str = "comments",
    ) -> ingest.Taken:
        """Take one page in."""
        return ingest.admit(
            session,
            self.accounts[org_id].id,
            feed,
            page(*records, cursor=str(next(self._numbers))),
            raw_sha256="0" * 64,
            actor=system("ingest", org_id),
            now=now,
        )

    def triage(
        self, session: Session, made: Proposal | dict[str, Proposal], now: datetime = NOW
    ) -> None:
        """Record a proposal for every version that waits for one; a dict is keyed by text."""
        for page_id in session.scalars(select(IngestPageRow.id)).all():
            readings = [
                triage.Reading(
                    unread,
                    (SIGNAL,),
                    made if isinstance(made, Proposal) else made[unread.text],
                    "0" * 64,
                )
                for unread in triage.to_read(session, page_id)
            ]
            if readings:
                org_id = readings[0].unread.org_id
                triage.record(session, readings, POLICY, actor=system("triage", org_id), now=now)

    def item(
        self,
        session: Session,
        text: str = "You are a useless clown",
        made: Proposal | None = None,
        *,
        org_id: str = ORG,
        now: datetime = NOW,
        **more: Any,
    ) -> ItemRow:
        """Take in one comment and record what is proposed about it."""
        native_id = more.pop("native_id", f"c-{next(self._numbers)}")
        self.ingest(
            session, comment(native_id, text, created_at=now, **more), org_id=org_id, now=now
        )
        self.triage(session, made or proposal(), now=now)
        return session.scalars(
            select(ItemRow)
            .where(ItemRow.native_id == native_id, ItemRow.org_id == org_id)
            .execution_options(populate_existing=True)
        ).one()

    def capture(self, session: Session, item: ItemRow, now: datetime = NOW) -> EvidenceRow:
        """Make the item's evidence captured, as the capture job would."""
        row = capture.want(session, item.id, item.version, "system:test", now)
        sealed = Sealed(manifest_sha256="a" * 64, size=10, path="a" * 64)
        capture.captured(session, row.id, sealed, now, system("capture", item.org_id))
        return row


def fill(store: Store) -> World:
    """Make both organisations with a person for each role, an account and a small directory."""
    world = World(store)
    with store.transaction() as session:
        for org_id in (ORG, OTHER_ORG):
            session.add(OrganisationRow(id=org_id, name=org_id.title(), created_at=NOW))
            session.flush()
            for role in Role:
                world.users[org_id, role] = world.add_user(session, role, org_id)
            account = AccountRow(
                org_id=org_id,
                key="page",
                platform="facebook",
                name=f"{org_id} page",
                connector="import",
                settings={},
                status=AccountStatus.OK,
                created_at=NOW,
            )
            session.add(account)
            session.add_all(_staff(org_id))
            session.flush()
            world.accounts[org_id] = account
    return world


def _staff(org_id: str) -> list[StaffRow]:
    people = [
        ("NM-1", "Dana Price", ["dprice"], "Watch Manager", "Red Watch", True),
        ("NM-2", "Sam Okafor", ["Sammy"], "Firefighter", "Blue Watch", False),
    ]
    return [
        StaffRow(
            org_id=org_id,
            staff_id=staff_id,
            full_name=name,
            aliases=aliases,
            role=role,
            station=station,
            public_role=public,
            more={},
        )
        for staff_id, name, aliases, role, station, public in people
    ]


def deleted(native_id: str) -> Comment:
    """Return the sight of a comment that is no longer there."""
    return Comment(native_id=native_id, text="", raw=b"{}", change=Change.DELETED)


def hours(number: float) -> timedelta:
    """Return so many hours."""
    return timedelta(hours=number)


__all__ = [
    "CLEAR",
    "NOW",
    "ORG",
    "OTHER_ORG",
    "POLICY",
    "REASON",
    "SIGNAL",
    "UNSCORED",
    "Author",
    "Post",
    "Unreadable",
    "World",
    "comment",
    "deleted",
    "fill",
    "hours",
    "page",
    "proposal",
]
