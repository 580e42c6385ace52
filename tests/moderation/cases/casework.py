"""Two small organisations with their people, staff and items, for every test of casework."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor, Role
from moderation.cases.opening import Opening, open_case
from moderation.lifecycle import ItemState
from moderation.model import ItemKind
from moderation.store import Store
from moderation.tables import (
    AccountRow,
    AccountStatus,
    AuditBodyRow,
    CaseRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    OrganisationRow,
    StaffRow,
    UserRow,
    VersionKind,
)
from moderation.taxonomy import Abuse, Severity, TargetType

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
HOME = "northmoor"
AWAY = "elsewhere"
WHY = "She is upset and asks what will be done about it."
WORDS = "You are a useless clown, Mara."

PEOPLE = {
    "dana": ("Dana Price", Role.COMMS_MODERATOR),
    "lee": ("Lee Okafor", Role.COMMS_LEAD),
    "asha": ("Asha Patel", Role.HR_ADVISER),
    "hugh": ("Hugh Reid", Role.HR_LEAD),
    "gwen": ("Gwen Pryce", Role.HR_LEAD),
    "sal": ("Sal Byrne", Role.SAFEGUARDING_LEAD),
    "bo": ("Bo Marsh", Role.BOARD_MEMBER),
    "ina": ("Ina Voss", Role.AUDITOR),
    "adam": ("Adam Stone", Role.ADMINISTRATOR),
}


@dataclass
class Casework:
    """An open store; people are called by their first names, those elsewhere by "far.hugh"."""

    store: Store
    _forms: Iterator[int] = field(default_factory=lambda: count(1))

    def actor(self, name: str) -> Actor:
        """Return a person as a signed-in actor."""
        with self.store.reading() as session:
            row = session.scalars(select(UserRow).where(UserRow.email == address(name))).one()
        return Actor(row.name, row.org_id, row.role, row.id)

    def id(self, name: str) -> int:
        """Return a person's user id."""
        found = self.actor(name).user_id
        assert found is not None
        return found

    def form(self) -> str:
        """Return a fresh form id."""
        return f"form-number-{next(self._forms):06d}"

    def item(
        self,
        *,
        org: str = HOME,
        words: str = WORDS,
        category: Abuse | None = Abuse.PERSONAL_ABUSE,
        severity: Severity = Severity.S2,
        urgent: bool = False,
        staff: str | None = "S1",
    ) -> int:
        """Store one item of an organisation and return its id."""
        number = next(self._forms)
        with self.store.transaction() as session:
            account = session.scalars(select(AccountRow).where(AccountRow.org_id == org)).first()
            assert account is not None
            page = IngestPageRow(
                account_id=account.id,
                feed="comments",
                page_no=number,
                n_records=1,
                n_new=1,
                n_seen_before=0,
                n_changed=0,
                n_quarantined=0,
                raw_sha256="0" * 64,
                fetched_at=NOW,
            )
            item = ItemRow(
                org_id=org,
                account_id=account.id,
                native_id=f"native-{number}",
                kind=ItemKind.COMMENT,
                state=ItemState.REVIEW,
                seen_at=NOW,
                occurred_at=NOW,
                author_ref="author-1",
                author_handle="angry_of_northmoor",
                severity=int(severity),
                category=category,
                urgent=urgent,
                queue_rank=10,
                waiting_since=NOW,
                outcome="flag",
                target_type=TargetType.NAMED_STAFF if staff else TargetType.SERVICE,
                target_staff_id=staff,
            )
            session.add_all([page, item])
            session.flush()
            session.add(
                ItemVersionRow(
                    item_id=item.id,
                    seq=1,
                    kind=VersionKind.CREATED,
                    sha256=hashlib.sha256(words.encode()).hexdigest(),
                    seen_at=NOW,
                    page_id=page.id,
                    body=words,
                    raw=words.encode(),
                )
            )
            return item.id

    def case(self, by: str = "hugh", item_id: int | None = None, **opening: object) -> str:
        """Open a case about an item (a new one unless told) and return its reference."""
        item_id = item_id or self.item()
        with self.store.transaction() as session:
            return open_case(
                session,
                item_id,
                Opening(reason=WHY, **opening),  # type: ignore[arg-type]
                form_id=self.form(),
                actor=self.actor(by),
                now=NOW,
            ).ref

    def row(self, ref: str) -> CaseRow:
        """Return a case as it stands."""
        with self.store.reading() as session:
            return session.scalars(select(CaseRow).where(CaseRow.ref == ref)).one()

    def lines(self, *verbs: str) -> list[AuditBodyRow]:
        """Return the lines of the audit chain with these verbs, oldest first."""
        with self.store.reading() as session:
            query = select(AuditBodyRow).order_by(AuditBodyRow.seq)
            return list(session.scalars(query.where(AuditBodyRow.verb.in_(verbs))))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is kept."""
        with self.store.transaction() as session:
            yield session


def address(name: str) -> str:
    """Return a person's mail address."""
    return f"{name}@example.org"


def fill(store: Store) -> Casework:
    """Put both organisations into an empty, migrated record."""
    with store.transaction() as session:
        for org, prefix in ((HOME, ""), (AWAY, "far.")):
            session.add(OrganisationRow(id=org, name=org.title(), created_at=NOW))
            session.flush()
            _organisation(session, org, prefix)
    return Casework(store)


def _organisation(session: Session, org: str, prefix: str) -> None:
    for name, (full_name, role) in PEOPLE.items():
        session.add(
            UserRow(
                org_id=org,
                email=address(prefix + name),
                name=full_name,
                role=role,
                password_hash="none",
                created_at=NOW,
            )
        )
    session.add(
        StaffRow(
            org_id=org,
            staff_id="S1",
            full_name="Mara Quill",
            aliases=["Mara"],
            role="Press officer",
            station="Headquarters",
            public_role=True,
            more={},
        )
    )
    session.add(
        AccountRow(
            org_id=org,
            key="page",
            platform="replay",
            name="The public page",
            connector="replay",
            settings={},
            status=AccountStatus.OK,
            created_at=NOW,
        )
    )
